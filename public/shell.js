// Runs in the head of every page, before anything shows and without the app: it marks who comes back, leaves the page at
// once, and saves or erases what is kept.
"use strict";
(() => {
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

  const find = (selector) => document.querySelector(selector);
  const show = (name) => {
    const cover = find(`[data-cover=${name}]`);
    if (cover) cover.hidden = false;
  };

  // Leaving. The page is covered first, and what belongs to this tab is cleared, so that Back finds a blank page.
  const exit = () => {
    // A question on top of the page would stand on top of the cover too.
    for (const open of document.querySelectorAll("dialog[open]")) open.close();
    show("leaving");
    isLeft = true;
    forget();
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
    // An object that comes back to the very same text stands there as one, so that people can read it.
    const shown = (text) => {
      const object = attempt(() => JSON.parse(text));
      return object?.format && JSON.stringify(object) === text ? object : text;
    };
    for (const key in all) all[key] = shown(all[key]);
    const file = JSON.stringify({ "between-us": "backup", format: 2, values: all }, null, 1);
    download(file, "application/json", "between-us.json");
  };
  const download = (text, type, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  // A file to put back: its text goes to the app, which reads it and asks. None goes where it is far too long.
  const LONGEST = 16_000_000;
  addEventListener("change", async ({ target }) => {
    const file = target.matches("[data-action=restore]") && target.files[0];
    if (!file) return;
    const detail = file.size > LONGEST ? null : await file.text().catch(() => "");
    target.dispatchEvent(new CustomEvent("restore", { detail }));
    // The same file can be chosen once more.
    target.value = "";
  });

  // Erasing: every key in both stores, what the app has in memory, and the files kept for being offline. The mark is
  // what the app writes too: it tells other tabs, and lets a later visit finish what is cut off here.
  const erase = async () => {
    attempt(() => window.betweenUs?.erase());
    for (const store of stores()) {
      attempt(() => store.setItem(JOURNAL, '{"format":1,"id":"","current":"","moves":0,"erasing":true}'));
      for (const key of keysOf(store)) if (key !== JOURNAL) attempt(() => store.removeItem(key));
      attempt(() => store.removeItem(JOURNAL));
    }
    marks();
    find("[data-ask=erase]")?.close();
    ask("erased");
    for (const name of (await attempt(() => caches.keys())) ?? []) if (name.startsWith(PREFIX)) await caches.delete(name);
  };

  const ask = (name) => find(`[data-ask=${name}]`)?.showModal();

  // Something has changed: it rests where the answers are, until the parent takes that back.
  const rest = () => {
    for (const store of stores()) {
      if (attempt(() => store.getItem(JOURNAL))) attempt(() => store.setItem(CHANGED, '{"format":1}'));
    }
    marks();
    find("#rest .when-changed")?.focus();
  };
  const wake = () => {
    for (const store of stores()) attempt(() => store.removeItem(CHANGED));
    location.assign(find("[data-action=wake]").dataset.to);
  };

  // The way to this site for somebody else: the address alone, without anything that the parent has left here.
  const passOn = async (button) => {
    const url = new URL(button.dataset.to, location.href);
    url.hash = url.search = "";
    const field = find("[data-pass-link]");
    field.value = url.href;
    // Closing the platform's share sheet is no error; where there is none, the address shows and is copied.
    if (navigator.share) return navigator.share({ url: url.href }).catch(() => {});
    const said = find("[data-pass-copied]");
    said.textContent = "";
    ask("pass-on");
    field.select();
    const told = () => (said.textContent = said.dataset.passCopied);
    await navigator.clipboard?.writeText(url.href).then(told, () => {});
  };

  // Another language of this page. What stands behind "#" comes along. Where the app runs the page is not left, because
  // answers may be in memory only: the body of the other document takes the place of this one's, and the app goes on in
  // its words. A newer version of the site has another module, with which this app could not go on.
  const choose = (link, event) => {
    // Nothing is written before the parent has chosen to keep something on this device.
    if (attempt(() => localStorage.getItem(JOURNAL))) attempt(() => localStorage.setItem(LOCALE, link.hreflang));
    link.hash = location.hash;
    const isRunning = window.betweenUs?.start && find("[data-app][data-state=ready]:not([inert])");
    if (!isRunning || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    speak(link).catch(() => {
      marks();
      if (root.hasAttribute("data-kept")) location.assign(link.href);
    });
  };
  let here;
  const speak = async (link) => {
    const address = link.href;
    const response = await fetch(address);
    const other = new DOMParser().parseFromString(await response.text(), "text/html");
    const module = (page) => page.querySelector("script[type=module]").getAttribute("src");
    if (module(other) !== module(document)) throw new Error("another version");
    const place = link.closest("footer") ? "footer" : ".languages";
    root.lang = other.documentElement.lang;
    root.dir = other.documentElement.dir;
    find("link[rel=manifest]").replaceWith(other.querySelector("link[rel=manifest]"));
    document.body.replaceWith(other.body);
    history.replaceState(history.state, "", address);
    here = location.pathname;
    fillIn();
    window.betweenUs.start();
    find(`${place} [hreflang="${root.lang}"]`).focus();
  };
  // Back finds the screens from before the change under the address of the language that they were read in.
  addEventListener("popstate", () => here && history.replaceState(history.state, "", here + location.hash));

  const actions = {
    exit,
    save,
    // A text that the button carries, such as the sheet.
    text: (button) => download(button.dataset.text, "text/plain", "between-us.txt"),
    erase: () => ask("erase"),
    "erase-yes": erase,
    close: (button) => button.closest("dialog").close(),
    print: (button) => {
      root.dataset.print = button.dataset.print ?? "";
      print();
    },
    reload: () => location.reload(),
    rest,
    wake,
    "pass-on": passOn,
    return: () => {
      attempt(() => sessionStorage.removeItem(LEFT));
      location.reload();
    },
  };
  addEventListener("afterprint", () => delete root.dataset.print);

  // The opening alone reads an invitation, with a module that nobody else needs. The address carries it on to every page.
  const arrive = () => {
    const place = invited() && find("[data-invitation][data-module]");
    if (!place) return;
    const script = document.createElement("script");
    Object.assign(script, { type: "module", src: place.dataset.module, integrity: place.dataset.integrity });
    script.onerror = () => root.removeAttribute("data-invited");
    delete place.dataset.module;
    document.head.append(script);
  };
  addEventListener("hashchange", arrive);
  const carry = (link) => {
    if (link.origin !== location.origin || link.hash) return;
    if (root.hasAttribute("data-invited")) link.hash = location.hash;
    else if (root.dataset.country && link.pathname.endsWith("/help/")) link.hash = "country=" + root.dataset.country;
  };
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (link) carry(link);
    const language = event.target.closest?.("a[hreflang]");
    if (language) choose(language, event);
    const button = event.target.closest?.("button[data-action]");
    if (button && Object.hasOwn(actions, button.dataset.action)) actions[button.dataset.action](button);
  });

  // The parent's own number for day and night, beside the safety text of pages without the app.
  const ownNumber = () => {
    const said = stores().map((store) => attempt(() => JSON.parse(store.getItem(PREFIX + "about"))));
    const about = said.find((about) => about?.number);
    const plain = about?.number.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => digit.charCodeAt(0) & 15).replace(/[^\d+*]/g, "");
    for (const place of plain?.length > 2 ? document.querySelectorAll("[data-own-number]") : []) {
      const link = Object.assign(document.createElement("a"), { className: "call", dir: "ltr", href: "tel:" + plain });
      link.textContent = about.number.slice(0, 40);
      place.append(link);
      place.classList.toggle("printed", !!about.print_number);
      place.hidden = false;
    }
  };

  // What gets the focus comes out from below the header and the bar: browsers only bring it into the window.
  addEventListener("focusin", ({ target }) => {
    if (target.matches("main :focus-visible:not(.bar *)")) target.scrollIntoView({ block: "nearest" });
  });

  // What only a browser knows: where this copy stands, whose help comes first, how this language writes a day, and which
  // language is preferred.
  const fillIn = () => {
    ownNumber();
    const start = (language) => new URL(`../../${language}/`, location.href).href;
    for (const field of document.querySelectorAll("[data-invite-link]")) field.value = start(root.lang);
    for (const place of document.querySelectorAll("[data-poster-link]")) place.textContent = start(root.lang);
    for (const place of document.querySelectorAll("[data-message]")) {
      place.textContent = place.dataset.message.replace("{link}", start(place.lang));
    }
    const country = new URLSearchParams(location.hash.slice(1)).get("country");
    for (const place of document.querySelectorAll("details[data-country]")) {
      if (place.dataset.country === country) {
        place.open = true;
        place.parentElement.before(place);
      }
    }
    for (const time of document.querySelectorAll("time[datetime]")) {
      const day = new Date(time.dateTime + "T12:00");
      if (!Number.isNaN(day.getTime())) {
        const { lang } = time.closest("[lang]");
        time.textContent = new Intl.DateTimeFormat(lang, { dateStyle: "long", ...DIGITS }).format(day);
      }
    }
  };
  addEventListener("DOMContentLoaded", () => {
    fillIn();
    arrive();
    // Whoever is led here because the network is gone chooses what is here.
    if (root.hasAttribute("data-picker") && location.hash !== "#offline") {
      const offered = [...document.querySelectorAll("[data-locale]")].map((link) => link.dataset.locale);
      const chosen = attempt(() => localStorage.getItem(LOCALE));
      const wanted = [chosen, ...navigator.languages.map((language) => language.split("-")[0])];
      const first = wanted.find((language) => offered.includes(language));
      if (first) location.replace(first + "/" + location.hash);
    }
  });
})();
