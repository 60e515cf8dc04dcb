// Runs in the head of every page, before anything shows and without the app: it marks who comes back, leaves the page at
// once, and saves or erases what is kept.
"use strict";
(() => {
  const root = document.documentElement;
  const PREFIX = "between-us:";
  const JOURNAL = PREFIX + "journal";
  const LOCALE = PREFIX + "locale";
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

  root.dataset.script = "";
  const marks = () => {
    const has = (store) => attempt(() => store().getItem(JOURNAL)) !== null;
    root.toggleAttribute("data-kept", has(() => localStorage) || has(() => sessionStorage));
    root.toggleAttribute("data-left", attempt(() => sessionStorage.getItem(LEFT)) !== null);
  };
  marks();
  addEventListener("pageshow", marks);

  const find = (selector) => document.querySelector(selector);
  const show = (name) => {
    const cover = find(`[data-cover=${name}]`);
    if (cover) cover.hidden = false;
  };

  // Leaving. The page is covered first, and what belongs to this tab is cleared, so that Back finds a blank page.
  const exit = () => {
    show("leaving");
    attempt(() => keysOf(sessionStorage).forEach((key) => sessionStorage.removeItem(key)));
    attempt(() => sessionStorage.setItem(LEFT, "1"));
    document.title = "\u200b";
    location.replace(root.dataset.exit);
  };

  // Shift three times within a few seconds, each press announced.
  const PRESSES = 3;
  const PATIENCE = 5000;
  let presses = 0;
  let waiting;
  const say = (left) => {
    const place = find("[data-exit-count]");
    if (place) place.textContent = left ? place.dataset.exitCount.replace("{n}", left) : "";
  };
  const startOver = () => {
    presses = 0;
    say(0);
  };
  addEventListener("keydown", (event) => {
    if (event.repeat) return;
    clearTimeout(waiting);
    if (event.key !== "Shift") {
      if (presses) startOver();
      return;
    }
    presses += 1;
    if (presses === PRESSES) {
      startOver();
      exit();
    } else {
      // A capital letter needs one Shift and a key: only two in a row are worth announcing.
      if (presses > 1) say(PRESSES - presses);
      waiting = setTimeout(startOver, PATIENCE);
    }
  });

  // All that is kept; what the app has in memory only comes from the app.
  const values = () => {
    const kept = {};
    for (const store of stores()) {
      for (const key of keysOf(store)) kept[key] = attempt(() => store.getItem(key));
    }
    const live = JSON.parse(attempt(() => window.betweenUs?.values()) ?? "[]");
    for (let at = 0; at < live.length; at += 2) kept[live[at]] = live[at + 1];
    return kept;
  };
  const save = () => {
    const all = values();
    if (!Object.keys(all).length) return ask("nothing");
    const file = JSON.stringify({ "between-us": "backup", format: 1, values: all }, null, 1);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([file], { type: "application/json" }));
    link.download = "between-us.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  // Erasing: every key in both stores, what the app has in memory, and the files kept for being offline. The mark is
  // what the app writes too: it tells other tabs, and lets a later visit finish what is cut off here.
  const erase = async () => {
    attempt(() => window.betweenUs?.erase());
    for (const store of stores()) {
      const keys = keysOf(store);
      if (keys.length) {
        const mark = { format: 1, id: "", current: "", moves: 0, erasing: true };
        attempt(() => store.setItem(JOURNAL, JSON.stringify(mark)));
      }
      for (const key of keys) if (key !== JOURNAL) attempt(() => store.removeItem(key));
      attempt(() => store.removeItem(JOURNAL));
    }
    marks();
    find("[data-ask=erase]")?.close();
    ask("erased");
    for (const name of (await attempt(() => caches.keys())) ?? []) await caches.delete(name);
  };

  const ask = (name) => find(`[data-ask=${name}]`)?.showModal();

  const actions = {
    exit,
    save,
    erase: () => ask("erase"),
    "erase-yes": erase,
    close: (button) => button.closest("dialog").close(),
    print: () => print(),
    reload: () => location.reload(),
    return: () => {
      attempt(() => sessionStorage.removeItem(LEFT));
      location.reload();
    },
  };
  addEventListener("click", (event) => {
    const language = event.target.closest?.("a[hreflang]");
    // Nothing is written before the parent has chosen to keep something on this device.
    if (language && attempt(() => localStorage.getItem(JOURNAL))) {
      attempt(() => localStorage.setItem(LOCALE, language.hreflang));
    }
    const button = event.target.closest?.("button[data-action]");
    if (button && Object.hasOwn(actions, button.dataset.action)) actions[button.dataset.action](button);
  });

  // What only a browser knows: where this copy stands, how this language writes a day, and which language is preferred.
  addEventListener("DOMContentLoaded", () => {
    const here = new URL("../", location.href).href;
    for (const field of document.querySelectorAll("[data-invite-link]")) field.value = here;
    for (const place of document.querySelectorAll("[data-message]")) {
      place.textContent = place.dataset.message.replace("{link}", here);
    }
    for (const time of document.querySelectorAll("time[datetime]")) {
      const day = new Date(time.dateTime + "T12:00");
      if (!Number.isNaN(day.getTime())) {
        time.textContent = new Intl.DateTimeFormat(root.lang, { dateStyle: "long" }).format(day);
      }
    }
    if (root.hasAttribute("data-picker")) {
      const offered = [...document.querySelectorAll("[data-locale]")].map((link) => link.dataset.locale);
      const chosen = attempt(() => localStorage.getItem(LOCALE));
      const wanted = [chosen, ...navigator.languages.map((language) => language.split("-")[0])];
      const first = wanted.find((language) => offered.includes(language));
      if (first) location.replace(first + "/" + location.hash);
    }
  });
})();
