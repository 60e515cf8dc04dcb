// The small script in the head of every page, which works without the app. The builder joins the files of this folder, in the
// order of its list, into one function: they share one scope, and this one comes first.

const root = document.documentElement;
// The page for an address without a page looks for this script in several places, and may find it more than once.
if ("script" in root.dataset) return;
// Copies of this site in several folders of one address share what the browser keeps: each has keys of its own. Those of the
// copy at the root stand in files, too.
const PLAIN = "between-us:";
// That page does not know where it stands: it belongs to the copy whose script it found.
const { root: up = "../" } = root.dataset;
const BASE = new URL(up, root.dataset.root ? location.href : document.currentScript.src);
const PREFIX = BASE.pathname === "/" ? PLAIN : `between-us@${encodeURIComponent(BASE.pathname)}:`;
// The app and the caregivers' page name their keys by it.
root.dataset.keys = PREFIX;
const JOURNAL = PREFIX + "journal";
const LOCALE = PREFIX + "locale";
const CHANGED = PREFIX + "changed";
const ASIDE = PREFIX + "aside:";
// One set of digits and one calendar in every language: those of the telephone and of the appointment card.
const DIGITS = { numberingSystem: "latn", calendar: "gregory" };
// Without our prefix: it says nothing about anybody, and must outlive what Exit clears.
const LEFT = "left";

// A browser may refuse a store at any call: null then, or nothing done.
const attempt = (act) => {
  try {
    return act();
  } catch {
    return null;
  }
};
const stores = () => [attempt(() => localStorage), attempt(() => sessionStorage)].filter(Boolean);
const keysOf = (store) => attempt(() => Object.keys(store).filter((key) => key.startsWith(PREFIX))) ?? [];

// Copies in folders had the keys of the root once. Such a copy takes what stands under them over, once, and leaves it there, since
// nobody knows whose it is. That it did is the one thing that Erase leaves, so that nothing comes back.
const TAKEN = PREFIX.slice(0, -1);
const takeOver = (store) => {
  const plain = Object.keys(store).filter((key) => key.startsWith(PLAIN));
  if (!plain.length) return store.removeItem(TAKEN);
  if (store.getItem(TAKEN) !== null) return;
  if (store.getItem(JOURNAL) === null) {
    // The journal comes last: without it, this begins anew at the next page.
    plain.sort((one, other) => (one === PLAIN + "journal") - (other === PLAIN + "journal"));
    for (const key of plain) store.setItem(PREFIX + key.slice(PLAIN.length), store.getItem(key));
  }
  store.setItem(TAKEN, "1");
};
if (PREFIX !== PLAIN) for (const store of stores()) attempt(() => takeOver(store));

// What belongs to this tab only.
const forget = () => attempt(() => keysOf(sessionStorage).forEach((key) => sessionStorage.removeItem(key)));

const find = (selector) => document.querySelector(selector);
