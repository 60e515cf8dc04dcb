// Marks on the root element, set before anything shows: who comes back, what has changed, who has left.

root.dataset.script = "";
// Where no mark can be set this page itself still knows that it was left.
let isLeft = false;
const marks = () => {
  const has = (key) => stores().some((store) => attempt(() => store.getItem(key)) !== null);
  root.toggleAttribute("data-kept", has(JOURNAL));
  root.toggleAttribute("data-aside", stores().some((store) => keysOf(store).some((key) => key.startsWith(ASIDE))));
  root.toggleAttribute("data-changed", has(CHANGED));
  root.toggleAttribute("data-left", isLeft || attempt(() => sessionStorage.getItem(LEFT)) !== null);
  // After a change these pages ask nothing any more; one quiet page stands in for them.
  if (has(CHANGED) && root.dataset.rest) location.replace(root.dataset.rest + location.hash);
};
marks();
addEventListener("pageshow", marks);
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
  return /=|%(25)*3D/i.test(fields) && !/^country(=|%(25)*3D)[^&%]*$/i.test(fields) ? fields : "";
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
