// Asks before leaving the document while something is in memory only.

// The app sets `data-unkept` while leaving would lose something, and `data-at-table` while the sheet is open at the
// table.
const AT_RISK = "[data-unkept]";
const ASKS_BEFORE_UNLOAD = "[data-unkept], [data-at-table]";

let isConfirmed = false;
let pendingNavigation;

// Runs `navigate`, which leaves the document. If that would lose something, asks first whether to keep it.
const leaveBy = (navigate) => {
  const dialog = !isLeft && root.matches(AT_RISK) && find("[data-ask=leave]");
  if (!dialog) return navigate();
  pendingNavigation = navigate;
  find("[data-leave-failed]").hidden = true;
  dialog.showModal();
};
const continueLeaving = (button) => {
  button.closest("dialog").close();
  isConfirmed = true;
  pendingNavigation();
};
const keepAndLeave = (button) => {
  if (attempt(() => window.betweenUs.keep(button.value === "device"))) continueLeaving(button);
  else find("[data-leave-failed]").hidden = false;
};

// On reload and close the browser asks. The listener is added only while it is needed, since it keeps a page out of the
// back/forward cache.
const onBeforeUnload = (event) => {
  if (isLeft || isConfirmed || !root.matches(ASKS_BEFORE_UNLOAD)) return;
  event.preventDefault();
  // Older browsers ask only if this is set.
  event.returnValue = true;
};
const updateBeforeUnload = () => {
  isConfirmed = false;
  (root.matches(ASKS_BEFORE_UNLOAD) ? addEventListener : removeEventListener)("beforeunload", onBeforeUnload);
  // Applies "something has changed" from another tab, which is deferred while answers are at risk.
  if (!root.matches(AT_RISK)) updateMarks();
};
new MutationObserver(updateBeforeUnload).observe(root, { attributeFilter: ["data-unkept", "data-at-table"] });
addEventListener("pageshow", updateBeforeUnload);
