// Attributes of the root element that the styles and the app read, set before anything shows: a returning visitor
// (`data-kept`), "something has changed" (`data-changed`), a page that was left (`data-left`), an invitation
// (`data-invited`).

root.dataset.script = "";

// True once this page was left by the exit. Checked by code that shows, speaks, asks or writes after a delay; the app
// checks `data-left`.
let isLeft = false;
// True after "something has changed", also if storage refused to save that.
let isResting = false;
const TITLE = document.title;
const BLANK = "\u200b";
// Covers a page that was left: it shows, speaks and asks nothing, and handles no keys. The content is removed rather
// than hidden, so that what ends later, such as a share or a fetch, has no element to appear in.
const coverPage = (name) => {
  isLeft = true;
  root.dataset.left = name;
  document.title = BLANK;
  window.betweenUs = null;
  attempt(() => speechSynthesis.cancel());
  document.body?.replaceChildren(...updateCovers());
};
// Shows the cover for the present state, and returns all covers of the page.
const updateCovers = () => {
  const covers = document.querySelectorAll("[data-cover=leaving], [data-cover=left]");
  for (const element of covers) element.hidden = element.dataset.cover !== root.dataset.left;
  return covers;
};
const wasLeft = () => attempt(() => sessionStorage.getItem(LEFT)) !== null;
// Returns true if session storage refuses to record an exit: then it is unknown whether a restored page was left.
const isExitUnknown = () =>
  !wasLeft() &&
  attempt(() => {
    sessionStorage.setItem(LEFT, "");
    sessionStorage.removeItem(LEFT);
    return true;
  }) === null;
// Sets the attributes from what is stored.
const updateMarks = () => {
  const has = (key) => stores().some((store) => attempt(() => store.getItem(key)) !== null);
  if (!isLeft && wasLeft()) coverPage("left");
  root.toggleAttribute("data-kept", has(JOURNAL));
  root.toggleAttribute("data-aside", stores().some((store) => keysOf(store).some((key) => key.startsWith(QUARANTINE))));
  root.toggleAttribute("data-changed", isResting || has(CHANGED));
  // After "something has changed", pages that ask questions redirect to one quiet page, unless that would lose answers.
  const mustRedirect = has(CHANGED) && root.dataset.rest && !root.dataset.left && !root.hasAttribute("data-unkept");
  if (mustRedirect) location.replace(root.dataset.rest + location.hash);
};
// Covers a page that was reloaded or reached by Back if it is unknown whether it was left. Nothing is in memory yet, so
// the content is hidden only.
const [navigation] = attempt(() => performance.getEntriesByType("navigation")) ?? [];
if (/^(reload|back)/.test(navigation?.type) && isExitUnknown()) {
  root.dataset.left = "left";
  document.title = BLANK;
}
updateMarks();
addEventListener("pageshow", ({ persisted }) => {
  if (persisted && (isLeft || isExitUnknown())) coverPage("left");
  updateMarks();
});
addEventListener("marks", updateMarks);
addEventListener("storage", ({ key, newValue }) => {
  // Another tab has erased everything. The app clears its own state; this clears session storage on all other pages.
  if (key === JOURNAL && attempt(() => JSON.parse(newValue).erasing) === true) clearTab();
  // No attribute depends on other keys.
  if (!key || [JOURNAL, CHANGED].includes(key) || key.startsWith(QUARANTINE)) updateMarks();
});
// The fragment of an address is an anchor (`#main`), an invitation (`#v=1&…`), or both (`#about-me&v=1&…`). A country
// alone is a choice of help lines, not an invitation. `src/reflection/invitation` parses fragments by the same rules;
// these functions only tell the kinds apart, also when a mail or chat program has encoded the link again.
const anchorIn = (hash) => /^#([\w-]*)(?:&|$)/.exec(hash)?.[1] ?? "";
const invitationIn = (hash) => {
  const fields = hash.replace(/^#([\w-]*(&|$))?/, "");
  return /=|%(25)*3D/i.test(fields) && !/^country(=|%(25)*3D)[^&%]*&*$/i.test(fields) ? fields : "";
};
const countryIn = (hash) => /(?:^|[^a-z])country(?:=|%(?:25)*3D)(?:3D)?([a-z]{2})(?![a-z])/.exec(hash)?.[1] ?? "";
// Moves a fragment out of the query: some programs write `%23` or a question mark for the `#`.
const misplaced = /%(?:25)*23(.*)|^\?(v=1&.*)/.exec(location.search);
if (misplaced && !location.hash) {
  history.replaceState(history.state, "", location.pathname + "#" + (misplaced[1] ?? misplaced[2]));
}
// Sets the attributes for the fragment. Returns true if it contains an invitation.
const updateInvited = () => {
  root.dataset.place = anchorIn(location.hash);
  return root.toggleAttribute("data-invited", !!invitationIn(location.hash));
};
updateInvited();
