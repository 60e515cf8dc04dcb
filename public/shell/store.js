// Storage keys and helpers. First part of the small script in the head of every page, which works without the app. The
// builder joins the files of this folder, in the order of its list, into one function, so they share one scope.

const root = document.documentElement;
// The page for unknown addresses looks for this script in several folders, and may load it more than once.
if ("script" in root.dataset) return;
// Copies of this site in several folders of one origin share the browser's storage, so each has its own key prefix. The
// copy at the root has this one, which backup files use as well.
const ROOT_PREFIX = "__KEY_PREFIX__";
// The page for unknown addresses does not know its own depth: it belongs to the copy whose script it found.
const { root: pathToBase = "../" } = root.dataset;
const BASE = new URL(pathToBase, root.dataset.root ? location.href : document.currentScript.src);
const PREFIX = BASE.pathname === "/" ? ROOT_PREFIX : `between-us@${encodeURIComponent(BASE.pathname)}:`;
// Read by the app and by the caregivers' page.
root.dataset.keys = PREFIX;
const JOURNAL = PREFIX + "journal";
const LOCALE = PREFIX + "locale";
const CHANGED = PREFIX + "changed";
const QUARANTINE = PREFIX + "aside:";
// Western digits and the Gregorian calendar in every language, as on the telephone and the appointment card.
const DATE_OPTIONS = { __DATE_OPTIONS__ };
// Set in session storage by the exit. Has no prefix: it says nothing about anybody, and must outlive what the exit
// clears.
const LEFT = "left";

// Returns null if `act` throws: a browser may refuse access to storage at any call.
const attempt = (act) => {
  try {
    return act();
  } catch {
    return null;
  }
};
const stores = () => [attempt(() => localStorage), attempt(() => sessionStorage)].filter(Boolean);
const keysOf = (store) => attempt(() => Object.keys(store).filter((key) => key.startsWith(PREFIX))) ?? [];

// Earlier versions used the root's prefix in every folder. A copy in a folder copies those values once, and leaves the
// originals, since their owner is unknown. The key that records this is the only one that Erase keeps, so that the
// values are not copied again.
const MIGRATED = PREFIX.slice(0, -1);
const migrateKeys = (store) => {
  const rootKeys = Object.keys(store).filter((key) => key.startsWith(ROOT_PREFIX));
  if (!rootKeys.length) return store.removeItem(MIGRATED);
  if (store.getItem(MIGRATED) !== null) return;
  if (store.getItem(JOURNAL) === null) {
    // The journal comes last: if it is missing, the next page starts the migration again.
    rootKeys.sort((a, b) => (a === ROOT_PREFIX + "journal") - (b === ROOT_PREFIX + "journal"));
    for (const key of rootKeys) store.setItem(PREFIX + key.slice(ROOT_PREFIX.length), store.getItem(key));
  }
  store.setItem(MIGRATED, "1");
};
if (PREFIX !== ROOT_PREFIX) for (const store of stores()) attempt(() => migrateKeys(store));

// Removes this copy's keys from session storage.
const clearTab = () => attempt(() => keysOf(sessionStorage).forEach((key) => sessionStorage.removeItem(key)));

const find = (selector) => document.querySelector(selector);
