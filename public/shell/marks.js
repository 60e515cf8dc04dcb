// Marks on the root element, set before anything shows: who comes back, what has changed, who has left.

root.dataset.script = "";

// True once this page was left. Code that shows, speaks, asks or writes late checks it; the app checks the mark on the root.
let isLeft = false;
// True after "something has changed", also if the store refused to keep that: this page rests all the same.
let isResting = false;
const TITLE = document.title;
const BLANK = "\u200b";
// Nothing of a page that was left shows, speaks, asks, or answers to a key. It is taken out of the document and not only
// hidden: what ends later, such as a share or a fetch, finds nothing to show itself in.
const cover = (name) => {
  isLeft = true;
  root.dataset.left = name;
  document.title = BLANK;
  window.betweenUs = null;
  attempt(() => speechSynthesis.cancel());
  document.body?.replaceChildren(...covers());
};
// Returns the covers of the page, after showing the one for its present state.
const covers = () => {
  const all = document.querySelectorAll("[data-cover=leaving], [data-cover=left]");
  for (const one of all) one.hidden = one.dataset.cover !== root.dataset.left;
  return all;
};
const isMarked = () => attempt(() => sessionStorage.getItem(LEFT)) !== null;
// True if the mark of an exit cannot be set: then nobody knows whether a page that comes back was left.
const isUnknown = () =>
  !isMarked() &&
  attempt(() => {
    sessionStorage.setItem(LEFT, "");
    sessionStorage.removeItem(LEFT);
    return true;
  }) === null;
const marks = () => {
  const has = (key) => stores().some((store) => attempt(() => store.getItem(key)) !== null);
  if (!isLeft && isMarked()) cover("left");
  root.toggleAttribute("data-kept", has(JOURNAL));
  root.toggleAttribute("data-aside", stores().some((store) => keysOf(store).some((key) => key.startsWith(ASIDE))));
  root.toggleAttribute("data-changed", isResting || has(CHANGED));
  // After a change these pages ask nothing any more; one quiet page stands in for them, once nothing is lost by that.
  const rests = has(CHANGED) && root.dataset.rest && !root.dataset.left && !root.hasAttribute("data-unkept");
  if (rests) location.replace(root.dataset.rest + location.hash);
};
// Then such a page is covered, in case. It has nothing in memory yet, so it is only hidden.
const [arrival] = attempt(() => performance.getEntriesByType("navigation")) ?? [];
if (/^(reload|back)/.test(arrival?.type) && isUnknown()) {
  root.dataset.left = "left";
  document.title = BLANK;
}
marks();
addEventListener("pageshow", ({ persisted }) => {
  if (persisted && (isLeft || isUnknown())) cover("left");
  marks();
});
addEventListener("marks", marks);
// Another tab has erased everything. Where the app runs it empties itself; on every other page this does it.
addEventListener("storage", ({ key, newValue }) => {
  if (key === JOURNAL && attempt(() => JSON.parse(newValue).erasing) === true) forget();
  // Of the many other values no mark tells.
  if (!key || [JOURNAL, CHANGED].includes(key) || key.startsWith(ASIDE)) marks();
});
// Behind the # may stand a place on a page (`#main`), an invitation (`#v=1&…`), or an invitation after a place
// (`#about-me&v=1&…`). A country alone is a choice of help lines, and no invitation. The core reads it by the same rules
// (`src/reflection/invitation`); here it is only told apart, however it was bent on its way.
const placeIn = (hash) => /^#([\w-]*)(?:&|$)/.exec(hash)?.[1] ?? "";
const invitationIn = (hash) => {
  const fields = hash.replace(/^#([\w-]*(&|$))?/, "");
  return /=|%(25)*3D/i.test(fields) && !/^country(=|%(25)*3D)[^&%]*&*$/i.test(fields) ? fields : "";
};
const countryIn = (hash) => /(?:^|[^a-z])country(?:=|%(?:25)*3D)(?:3D)?([a-z]{2})(?![a-z])/.exec(hash)?.[1] ?? "";
// Some programs write `%23` for the #, or a question mark.
const behind = /%(?:25)*23(.*)|^\?(v=1&.*)/.exec(location.search);
if (behind && !location.hash) {
  history.replaceState(history.state, "", location.pathname + "#" + (behind[1] ?? behind[2]));
}
const invited = () => {
  root.dataset.place = placeIn(location.hash);
  return root.toggleAttribute("data-invited", !!invitationIn(location.hash));
};
invited();
