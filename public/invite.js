// The invitation: on the opening what a link says, on the caregivers' page the link that says it. What is shown is decided
// in the wasm; here it is filled in. The builder joins this with the generated bindings into one module.

const root = document.documentElement;
// `shell.js` tells how the keys of this copy begin.
const PREFIX = root.dataset.keys;
const KEY = PREFIX + "practice";
const find = (selector) => document.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];

// A browser may refuse its store at any call.
const attempt = (act) => {
  try {
    return act();
  } catch {
    return null;
  }
};
const today = () => {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
};
const write = (place, text) => {
  if (place) place.textContent = text;
};

// The opening. A second link, opened in the same tab, changes nothing but the hash.
const arrive = (place) => {
  const { themes, countries } = place.dataset;
  const [practice, day, country, first, ...shown] = arrival(location.hash, today(), themes, countries);
  for (const part of all("[data-says]")) part.hidden = !shown.includes(part.dataset.says);
  write(find("[data-says=practice]"), practice);
  const time = find("[data-says=day] time");
  time.dateTime = day;
  const long = { dateStyle: "full", timeZone: "UTC", numberingSystem: "latn", calendar: "gregory" };
  write(time, day && new Intl.DateTimeFormat(root.lang, long).format(new Date(day)));
  for (const name of all("[data-country]")) name.hidden = name.dataset.country !== country;
  const names = all("[data-first]");
  const list = first.split(" ");
  for (const name of names) name.hidden = !list.includes(name.dataset.first);
  names.sort((one, other) => list.indexOf(one.dataset.first) - list.indexOf(other.dataset.first));
  names[0].parentElement.append(...names);
  const own = attempt(() => localStorage.getItem(PREFIX + "locale"));
  for (const link of all("[data-own-language]")) link.hidden = link.hreflang !== own || own === root.lang;
  place.dataset.read = "";
  root.toggleAttribute("data-invited", shown.length > 0);
};
const dismiss = () => {
  history.replaceState(history.state, "", location.pathname);
  root.removeAttribute("data-invited");
  all("main a.button.main").find((link) => link.offsetParent)?.focus();
};

// The caregivers' page.
const draw = (svg, link) => {
  const [box, path] = code(link);
  svg.setAttribute("viewBox", box ?? "0 0 1 1");
  svg.firstElementChild.setAttribute("d", path ?? "");
};
const offer = (place) => {
  const site = new URL("../../", location.href).href;
  const field = (name) => place.querySelector(`[name=${name}]`);
  const chosen = (name) => all(`[name=${name}]:checked`).map((box) => box.value);
  const { themes, countries } = place.dataset;
  const make = (day) => {
    // Macs write an accent as a sign of its own.
    const values = [field("practice").value.normalize("NFC"), day, field("country").value, chosen("first").join(",")];
    return invite(...values, today(), themes, countries);
  };
  const told = find("[data-copied]");
  const update = () => {
    // The link has changed since it was copied.
    write(told, "");
    const [end, practice, ...notes] = make(field("day").value);
    const language = field("language").value;
    const link = `${site}${language}/${end}`;
    find("[data-invite-link]").value = link;
    draw(find("[data-qr=link]"), link);
    for (const message of all("[data-message]")) {
      message.hidden = message.lang !== language;
      write(message, message.dataset.message.replace("{link}", () => link));
    }
    for (const note of all("[data-note]")) note.hidden = !notes.includes(note.dataset.note);
    // A poster hangs for many, so it names no day. With more languages its code leads to where one is picked.
    const languages = chosen("poster").length ? chosen("poster") : [language];
    for (const words of all("[data-poster]")) words.hidden = !languages.includes(words.lang);
    const poster = `${site}${languages.length > 1 ? "" : `${languages[0]}/`}`;
    draw(find("[data-qr=poster]"), poster + make("")[0]);
    write(find("[data-poster-link]"), poster.replace(/^https?:\/\//, ""));
    write(find("[data-poster-practice]"), practice);
  };
  // The name is kept on this device only while its box is ticked.
  const keep = field("keep-practice");
  const recall = () => {
    const kept = attempt(() => JSON.parse(localStorage.getItem(KEY)).name);
    keep.checked = typeof kept === "string";
    if (keep.checked) field("practice").value = kept;
  };
  const keepFailed = find("[data-keep-failed]");
  const remember = () => {
    const name = field("practice").value;
    const value = JSON.stringify({ format: 1, name });
    const isKept = keep.checked && name;
    const kept = attempt(() => (isKept ? localStorage.setItem(KEY, value) : localStorage.removeItem(KEY)));
    write(keepFailed, kept === null && keep.checked ? keepFailed.dataset.keepFailed : "");
    if (kept === null) keep.checked = false;
  };
  place.addEventListener("input", (event) => {
    if (keep.checked || event.target === keep) remember();
    update();
  });
  find("#posters").addEventListener("input", update);
  addEventListener("storage", ({ key }) => {
    if (key && key !== KEY) return;
    recall();
    update();
  });
  // The same words are told again only if they were gone in between.
  const tell = (words) => {
    write(told, "");
    setTimeout(() => write(told, words));
  };
  const message = () => find("[data-message]:not([hidden])");
  const share = find("[data-action=share]");
  share.hidden = !navigator.share;
  share.addEventListener("click", async () => {
    try {
      await navigator.share({ text: message().textContent });
    } catch (error) {
      // Closing the platform's own sheet is no failure.
      if (error?.name !== "AbortError") tell(told.dataset.shareFailed);
    }
  });
  const copy = async (what) => {
    const place = what === "link" ? find("[data-invite-link]") : message();
    try {
      await navigator.clipboard.writeText(place.value ?? place.textContent);
      tell(told.dataset.copied);
    } catch {
      getSelection().selectAllChildren(place);
      place.select?.();
      tell(told.dataset.copyFailed);
    }
  };
  for (const button of all("[data-copy]")) button.addEventListener("click", () => copy(button.dataset.copy));
  recall();
  update();
};

try {
  const wasm = new URL("__WASM_URL__", import.meta.url);
  await __wbg_init({ module_or_path: fetch(wasm, { integrity: "__WASM_INTEGRITY__" }) });
  const opening = find("[data-invitation]");
  if (opening) {
    find("[data-action=dismiss]").addEventListener("click", dismiss);
    addEventListener("hashchange", () => arrive(opening));
    arrive(opening);
  }
  const page = find("[data-invite]");
  if (page) offer(page);
} catch {
  // Without WebAssembly the opening and the plain link do without.
  root.removeAttribute("data-invited");
}
