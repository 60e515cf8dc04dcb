// The invitation: shows what a link says on the opening, and makes such a link on the caregivers' page. The wasm module
// decides what to show; this file fills it in. The builder joins this file with the generated bindings into one module.

const root = document.documentElement;
// The key prefix of this copy of the site, set by `shell.js`.
const PREFIX = root.dataset.keys;
const KEY = PREFIX + "practice";
const find = (selector) => document.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];

// Returns null if `act` throws: a browser may refuse access to storage at any call.
const attempt = (act) => {
  try {
    return act();
  } catch {
    return null;
  }
};
// Returns the local date as `YYYY-MM-DD`.
const today = () => {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
};
const setText = (element, text) => {
  if (element) element.textContent = text;
};

// Shows the invitation of the address on the opening. Also called on `hashchange`: a second link opened in the same tab
// changes the fragment only.
const showInvitation = (section) => {
  const { themes, countries } = section.dataset;
  const [practice, day, country, first, ...shown] = arrival(location.hash, today(), themes, countries);
  for (const part of all("[data-says]")) part.hidden = !shown.includes(part.dataset.says);
  setText(find("[data-says=practice]"), practice);
  const time = find("[data-says=day] time");
  time.dateTime = day;
  const options = { dateStyle: "full", timeZone: "UTC", __DATE_OPTIONS__ };
  setText(time, day && new Intl.DateTimeFormat(root.lang, options).format(new Date(day)));
  for (const name of all("[data-country]")) name.hidden = name.dataset.country !== country;
  const names = all("[data-first]");
  const list = first.split(" ");
  for (const name of names) name.hidden = !list.includes(name.dataset.first);
  names.sort((a, b) => list.indexOf(a.dataset.first) - list.indexOf(b.dataset.first));
  names[0].parentElement.append(...names);
  const preferred = attempt(() => localStorage.getItem(PREFIX + "locale"));
  for (const link of all("[data-own-language]")) link.hidden = link.hreflang !== preferred || preferred === root.lang;
  section.dataset.read = "";
  root.toggleAttribute("data-invited", shown.length > 0);
};
const dismiss = () => {
  history.replaceState(history.state, "", location.pathname);
  root.removeAttribute("data-invited");
  all("main a.button.main").find((link) => link.offsetParent)?.focus();
};

// Draws the QR code of a link; an empty one if the link does not fit.
const drawQrCode = (svg, link) => {
  const [box, path] = code(link);
  svg.setAttribute("viewBox", box ?? "0 0 1 1");
  svg.firstElementChild.setAttribute("d", path ?? "");
};
// Connects the form of the caregivers' page.
const connectForm = (form) => {
  const site = new URL("../../", location.href).href;
  const field = (name) => form.querySelector(`[name=${name}]`);
  const checked = (name) => all(`[name=${name}]:checked`).map((box) => box.value);
  const { themes, countries } = form.dataset;
  // Returns the end of the link's address, the name of the practice, and the warnings about what was left out.
  const makeLink = (day) => {
    // macOS may encode an accent as a separate combining character.
    const values = [field("practice").value.normalize("NFC"), day, field("country").value, checked("first").join(",")];
    return invite(...values, today(), themes, countries);
  };
  const status = find("[data-copied]");
  const update = () => {
    // The link differs from the one that was copied, so the status no longer applies.
    setText(status, "");
    const [end, practice, ...warnings] = makeLink(field("day").value);
    const language = field("language").value;
    const link = `${site}${language}/${end}`;
    find("[data-invite-link]").value = link;
    drawQrCode(find("[data-qr=link]"), link);
    for (const message of all("[data-message]")) {
      message.hidden = message.lang !== language;
      setText(message, message.dataset.message.replace("{link}", () => link));
    }
    for (const note of all("[data-note]")) note.hidden = !warnings.includes(note.dataset.note);
    // A poster is for many parents, so its link contains no day. With more than one language it leads to the picker.
    const languages = checked("poster").length ? checked("poster") : [language];
    for (const text of all("[data-poster]")) text.hidden = !languages.includes(text.lang);
    const poster = `${site}${languages.length > 1 ? "" : `${languages[0]}/`}`;
    drawQrCode(find("[data-qr=poster]"), poster + makeLink("")[0]);
    setText(find("[data-poster-link]"), poster.replace(/^https?:\/\//, ""));
    setText(find("[data-poster-practice]"), practice);
  };
  // The name of the practice is stored on this device only while this box is checked.
  const keepBox = field("keep-practice");
  const loadName = () => {
    const name = attempt(() => JSON.parse(localStorage.getItem(KEY)).name);
    keepBox.checked = typeof name === "string";
    if (keepBox.checked) field("practice").value = name;
  };
  const keepFailed = find("[data-keep-failed]");
  const saveName = () => {
    const name = field("practice").value;
    const value = JSON.stringify({ format: 1, name });
    const isKept = keepBox.checked && name;
    const result = attempt(() => (isKept ? localStorage.setItem(KEY, value) : localStorage.removeItem(KEY)));
    setText(keepFailed, result === null && keepBox.checked ? keepFailed.dataset.keepFailed : "");
    if (result === null) keepBox.checked = false;
  };
  form.addEventListener("input", (event) => {
    if (keepBox.checked || event.target === keepBox) saveName();
    update();
  });
  find("#posters").addEventListener("input", update);
  addEventListener("storage", ({ key }) => {
    if (key && key !== KEY) return;
    loadName();
    update();
  });
  // Clears the status first: screen readers announce the same text again only after a change.
  const announce = (text) => {
    setText(status, "");
    setTimeout(() => setText(status, text));
  };
  const shownMessage = () => find("[data-message]:not([hidden])");
  const share = find("[data-action=share]");
  share.hidden = !navigator.share;
  share.addEventListener("click", async () => {
    try {
      await navigator.share({ text: shownMessage().textContent });
    } catch (error) {
      // Closing the platform's share sheet is not a failure.
      if (error?.name !== "AbortError") announce(status.dataset.shareFailed);
    }
  });
  // Copies the link or the message. If the clipboard is refused, selects the text, to be copied by hand.
  const copy = async (what) => {
    const source = what === "link" ? find("[data-invite-link]") : shownMessage();
    try {
      await navigator.clipboard.writeText(source.value ?? source.textContent);
      announce(status.dataset.copied);
    } catch {
      getSelection().selectAllChildren(source);
      source.select?.();
      announce(status.dataset.copyFailed);
    }
  };
  for (const button of all("[data-copy]")) button.addEventListener("click", () => copy(button.dataset.copy));
  loadName();
  update();
};

try {
  const wasm = new URL("__WASM_URL__", import.meta.url);
  await __wbg_init({ module_or_path: fetch(wasm, { integrity: "__WASM_INTEGRITY__" }) });
  const invitation = find("[data-invitation]");
  if (invitation) {
    find("[data-action=dismiss]").addEventListener("click", dismiss);
    addEventListener("hashchange", () => showInvitation(invitation));
    showInvitation(invitation);
  }
  const form = find("[data-invite]");
  if (form) connectForm(form);
} catch {
  // Without WebAssembly the opening shows no invitation, and the link on the caregivers' page contains none.
  root.removeAttribute("data-invited");
}
