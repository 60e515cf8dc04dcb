// Leaving the document while something is in memory only: never without asking.

// The app marks the root while something would be lost with the page, and while the sheet lies on the table.
const AT_RISK = "[data-unkept]";
const HOLDS = "[data-unkept], [data-at-table]";

let isGoing = false;
let onward;

// Runs `go`, which leaves the document; while something would be lost, after the person has chosen what becomes of it.
const leaveBy = (go) => {
  const question = !isLeft && root.matches(AT_RISK) && find("[data-ask=leave]");
  if (!question) return go();
  onward = go;
  find("[data-leave-failed]").hidden = true;
  question.showModal();
};
const goOn = (button) => {
  button.closest("dialog").close();
  isGoing = true;
  onward();
};
const keepAndGo = (button) => {
  if (attempt(() => window.betweenUs.keep(button.value === "device"))) goOn(button);
  else find("[data-leave-failed]").hidden = false;
};

// Reload and close: the browser asks. A listener that is there for good would keep the page out of the cache of Back.
const hold = (event) => {
  if (isLeft || isGoing || !root.matches(HOLDS)) return;
  event.preventDefault();
  // Older browsers ask only where this says something.
  event.returnValue = true;
};
const watch = () => {
  isGoing = false;
  (root.matches(HOLDS) ? addEventListener : removeEventListener)("beforeunload", hold);
  // A change that was heard of meanwhile waited for this.
  if (!root.matches(AT_RISK)) marks();
};
new MutationObserver(watch).observe(root, { attributeFilter: ["data-unkept", "data-at-table"] });
addEventListener("pageshow", watch);
