// The small script in the head of every page, which works without the app. The builder joins the files of this folder, in the
// order of its list, into one function: they share one scope, and this one comes first.

const root = document.documentElement;
const PREFIX = "between-us:";
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

// What belongs to this tab only.
const forget = () => attempt(() => keysOf(sessionStorage).forEach((key) => sessionStorage.removeItem(key)));

const find = (selector) => document.querySelector(selector);
