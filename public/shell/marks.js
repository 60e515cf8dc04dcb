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
  if (has(CHANGED) && root.dataset.rest) location.replace(root.dataset.rest);
};
marks();
addEventListener("pageshow", marks);
addEventListener("marks", marks);
// Another tab has erased everything. Where the app runs it empties itself; on every other page this does it.
addEventListener("storage", ({ key, newValue }) => {
  if (key === JOURNAL && newValue?.includes('"erasing":true')) forget();
  marks();
});
// Something stands behind the # that is no place on the page: an invitation.
const invited = () => root.toggleAttribute("data-invited", !/^#?[\w-]{0,40}$/.test(location.hash));
invited();
