// Handlers of the buttons with a `data-action` that work without the app.

// Prints what a button names in `data-print`. A browser inside another app may have no `print`, or one that does
// nothing: then `beforeprint` does not fire, and the page says so. The attribute is valid for one print only. It is
// removed on `afterprint` or, if that never fires, when the next print starts with the keyboard.
let isPrintRequested = false;
let isPrintStarted = false;
const printPart = (button) => {
  root.dataset.print = button.dataset.print ?? "";
  isPrintRequested = true;
  attempt(() => window.print());
  setTimeout(() => {
    if (!isPrintRequested) return;
    resetPrint();
    ask("own-browser");
  }, 1500);
};
const resetPrint = () => {
  isPrintRequested = isPrintStarted = false;
  delete root.dataset.print;
};
addEventListener("beforeprint", () => {
  if (isPrintStarted) resetPrint();
  isPrintStarted = isPrintRequested;
  isPrintRequested = false;
});
addEventListener("afterprint", resetPrint);

const actions = {
  exit,
  save,
  // Saves a text that the button carries, such as the sheet. The byte order mark tells old editors that it is UTF-8.
  text: (button) => download("\ufeff" + button.dataset.text, "text/plain;charset=utf-8", "between-us.txt"),
  erase: () => ask("erase"),
  "erase-yes": erase,
  close: (button) => button.closest("dialog").close(),
  print: printPart,
  again: () => retry(),
  "keep-and-go": keepAndLeave,
  "go-without": continueLeaving,
  reload: () => leaveBy(() => location.reload()),
  rest,
  wake,
  "pass-on": shareSite,
  return: () => {
    attempt(() => sessionStorage.removeItem(LEFT));
    if (isLeft) return location.reload();
    delete root.dataset.left;
    document.title = TITLE;
  },
};

// Forms exist for the semantics of their fields. None is ever submitted, also not with Enter.
addEventListener("submit", (event) => event.preventDefault());

// Runs the action of a button, and shows a dialog if it fails.
const runAction = async (button) => {
  try {
    if ((await actions[button.dataset.action](button)) === false) throw new Error("refused");
  } catch {
    if (!isLeft) ask("failed");
  }
};
