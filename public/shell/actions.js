// What each button with a `data-action` does, where it needs no app.

// Printing, of what a button names. A browser inside another app may have no `print`, or one that does nothing: then no
// `beforeprint` comes, and the page says so. What was set for one print is gone for the next, also where no `afterprint`
// ever came and the next one begins with a key.
let isPrintAsked = false;
let isPrintDone = false;
const printOut = (button) => {
  root.dataset.print = button.dataset.print ?? "";
  isPrintAsked = true;
  attempt(() => window.print());
  setTimeout(() => {
    if (!isPrintAsked) return;
    endPrint();
    ask("own-browser");
  }, 1500);
};
const endPrint = () => {
  isPrintAsked = isPrintDone = false;
  delete root.dataset.print;
};
addEventListener("beforeprint", () => {
  if (isPrintDone) endPrint();
  isPrintDone = isPrintAsked;
  isPrintAsked = false;
});
addEventListener("afterprint", endPrint);

const actions = {
  exit,
  save,
  // A text that the button carries, such as the sheet.
  // The mark in front tells old editors that it is UTF-8.
  text: (button) => download("\ufeff" + button.dataset.text, "text/plain;charset=utf-8", "between-us.txt"),
  erase: () => ask("erase"),
  "erase-yes": erase,
  close: (button) => button.closest("dialog").close(),
  print: printOut,
  again: () => again(),
  "keep-and-go": keepAndGo,
  "go-without": goOn,
  reload: () => leaveBy(() => location.reload()),
  rest,
  wake,
  "pass-on": passOn,
  return: () => {
    attempt(() => sessionStorage.removeItem(LEFT));
    if (isLeft) return location.reload();
    delete root.dataset.left;
    document.title = TITLE;
  },
};

// Forms are there for what HTML says about fields. None of them is sent, by no key.
addEventListener("submit", (event) => event.preventDefault());

// A button that could not do its work says so.
const act = async (button) => {
  try {
    if ((await actions[button.dataset.action](button)) === false) throw new Error("refused");
  } catch {
    if (!isLeft) ask("failed");
  }
};
