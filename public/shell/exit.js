// The exit: leaves the page at once, by a button or by pressing Shift three times, in every tab of this copy.

const leave = () => {
  coverPage("leaving");
  clearTab();
  attempt(() => sessionStorage.setItem(LEFT, "1"));
  location.replace(root.dataset.exit);
  setTimeout(showExitLinks, 5000);
};
// Shows links to the same page and to an empty one, if the other page does not load. Nothing of this site shows then.
const showExitLinks = () => {
  for (const part of find("[data-cover=leaving]")?.children ?? []) part.hidden = !part.matches("[data-ways]");
};

// The other tabs leave too. A browser without `BroadcastChannel` notifies them by a key that is removed at once.
const channel = attempt(() => new BroadcastChannel(PREFIX + "leaving"));
const LEAVING = PREFIX + "leaving";
const onLeaving = () => {
  if (!isLeft) leave();
};
if (channel) channel.onmessage = onLeaving;
else addEventListener("storage", ({ key, newValue }) => key === LEAVING && newValue && onLeaving());
const exit = () => {
  if (channel) channel.postMessage("");
  else
    attempt(() => {
      localStorage.setItem(LEAVING, "1");
      localStorage.removeItem(LEAVING);
    });
  leave();
};

// Shift counts when it is pressed and released with nothing in between, three times within two seconds. Screen readers
// hide the letter of their own shortcuts (Shift+H jumps back), but these move the focus, the selection or the view,
// which resets the count.
const PRESSES = 3;
const PRESS_WINDOW = 2000;
// The times of the presses that count, in milliseconds.
let presses = [];
let isShiftAlone = false;
let isTyping = false;
const showCount = () => {
  // A capital letter needs one Shift, so in a text field the count shows from the second press.
  const remaining = presses.length > isTyping ? PRESSES - presses.length : 0;
  for (const element of document.querySelectorAll("[data-exit-count]")) {
    element.textContent = remaining ? element.dataset.exitCount.replace("{n}", remaining) : "";
  }
};
const resetPresses = () => {
  isShiftAlone = false;
  if (!presses.length) return;
  presses = [];
  showCount();
};
for (const name of ["focusin", "selectionchange", "scroll", "pointerdown", "blur"]) addEventListener(name, resetPresses, true);
const MODIFIERS = ["Alt", "AltGraph", "Control", "Meta"];
addEventListener("keydown", (event) => {
  const isShift = event.key === "Shift" && !event.isComposing && event.keyCode !== 229;
  if (!isShift || MODIFIERS.some((key) => event.getModifierState(key))) resetPresses();
  else if (!event.repeat) isShiftAlone = true;
});
addEventListener("keyup", ({ key, timeStamp, target }) => {
  if (key !== "Shift" || !isShiftAlone) return;
  isShiftAlone = false;
  isTyping = !!target.matches?.("textarea, input:not([type=checkbox], [type=radio])");
  presses = [...presses.filter((time) => timeStamp - time < PRESS_WINDOW), timeStamp];
  if (presses.length === PRESSES) {
    resetPresses();
    return exit();
  }
  showCount();
  setTimeout(() => {
    presses = presses.filter((time) => time !== timeStamp);
    showCount();
  }, PRESS_WINDOW);
});
