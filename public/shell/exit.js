// Leaving the page at once, by a button or by Shift three times, in every tab of this copy.

const leave = () => {
  cover("leaving");
  forget();
  attempt(() => sessionStorage.setItem(LEFT, "1"));
  location.replace(root.dataset.exit);
  setTimeout(offerWays, 5000);
};
// Offers the same page again, or an empty one, if the other page does not come. Nothing that shows then is ours.
const offerWays = () => {
  for (const part of find("[data-cover=leaving]")?.children ?? []) part.hidden = !part.matches("[data-ways]");
};

// The other tabs leave too. A browser without channels tells them by a key that is gone at once.
const channel = attempt(() => new BroadcastChannel(PREFIX + "leaving"));
const LEAVING = PREFIX + "leaving";
const hearLeaving = () => {
  if (!isLeft) leave();
};
if (channel) channel.onmessage = hearLeaving;
else addEventListener("storage", ({ key, newValue }) => key === LEAVING && newValue && hearLeaving());
const exit = () => {
  if (channel) channel.postMessage("");
  else
    attempt(() => {
      localStorage.setItem(LEAVING, "1");
      localStorage.removeItem(LEAVING);
    });
  leave();
};

// Shift three times within two seconds, pressed and let go with nothing between. A screen reader keeps the letter of its
// jumps back (Shift+H) to itself; that the focus, the selection or the view has moved tells them from bare presses.
const PRESSES = 3;
const PATIENCE = 2000;
let presses = [];
let isBare = false;
let isTyping = false;
const say = () => {
  // A capital letter needs one Shift: in a field only two are worth telling.
  const left = presses.length > isTyping ? PRESSES - presses.length : 0;
  for (const place of document.querySelectorAll("[data-exit-count]")) {
    place.textContent = left ? place.dataset.exitCount.replace("{n}", left) : "";
  }
};
const startOver = () => {
  isBare = false;
  if (!presses.length) return;
  presses = [];
  say();
};
for (const name of ["focusin", "selectionchange", "scroll", "pointerdown", "blur"]) addEventListener(name, startOver, true);
const HELD = ["Alt", "AltGraph", "Control", "Meta"];
addEventListener("keydown", (event) => {
  const isShift = event.key === "Shift" && !event.isComposing && event.keyCode !== 229;
  if (!isShift || HELD.some((key) => event.getModifierState(key))) startOver();
  else if (!event.repeat) isBare = true;
});
addEventListener("keyup", ({ key, timeStamp, target }) => {
  if (key !== "Shift" || !isBare) return;
  isBare = false;
  isTyping = !!target.matches?.("textarea, input:not([type=checkbox], [type=radio])");
  presses = [...presses.filter((at) => timeStamp - at < PATIENCE), timeStamp];
  if (presses.length === PRESSES) {
    startOver();
    return exit();
  }
  say();
  setTimeout(() => {
    presses = presses.filter((at) => at !== timeStamp);
    say();
  }, PATIENCE);
});
