// What each button with a `data-action` does, where it needs no app.

const actions = {
  exit,
  save,
  // A text that the button carries, such as the sheet.
  text: (button) => download(button.dataset.text, "text/plain", "between-us.txt"),
  erase: () => ask("erase"),
  "erase-yes": erase,
  close: (button) => button.closest("dialog").close(),
  print: (button) => {
    root.dataset.print = button.dataset.print ?? "";
    print();
  },
  reload: () => location.reload(),
  rest,
  wake,
  "pass-on": passOn,
  return: () => {
    attempt(() => sessionStorage.removeItem(LEFT));
    location.reload();
  },
};
addEventListener("afterprint", () => delete root.dataset.print);
