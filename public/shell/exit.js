// Leaving the page at once, by a button or by Shift three times.

const show = (name) => {
  const cover = find(`[data-cover=${name}]`);
  if (cover) cover.hidden = false;
};

// Leaving. The page is covered first, and what belongs to this tab is cleared, so that Back finds a blank page.
const exit = () => {
  // A question on top of the page would stand on top of the cover too.
  for (const open of document.querySelectorAll("dialog[open]")) open.close();
  show("leaving");
  isLeft = true;
  forget();
  attempt(() => sessionStorage.setItem(LEFT, "1"));
  document.title = "\u200b";
  location.replace(root.dataset.exit);
};

// Shift three times within a few seconds, each press announced.
const PRESSES = 3;
const PATIENCE = 5000;
let presses = 0;
let waiting;
const say = (left) => {
  const place = find("[data-exit-count]");
  if (place) place.textContent = left ? place.dataset.exitCount.replace("{n}", left) : "";
};
const startOver = () => {
  presses = 0;
  say(0);
};
addEventListener("keydown", (event) => {
  if (event.repeat) return;
  clearTimeout(waiting);
  if (event.key !== "Shift") {
    if (presses) startOver();
    return;
  }
  presses += 1;
  if (presses === PRESSES) {
    startOver();
    exit();
  } else {
    // A capital letter needs one Shift and a key: only two in a row are worth announcing.
    if (presses > 1) say(PRESSES - presses);
    waiting = setTimeout(startOver, PATIENCE);
  }
});
