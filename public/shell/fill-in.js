// Fills in what is known only in the browser: the parent's own number, the address of this copy, the country whose help
// comes first, dates in the format of the language, and the preferred language.

// Returns a telephone number as shown, and as dialled, or false if it is not one number. The rule is that of
// `src/reflection/number.rs`; both are tested with `tests/fixtures/numbers.json`. The digits dialled are those shown.
const dial = (typed) => {
  const visible = typed.replace(/[__HIDDEN_CHARACTERS__]/gu, "").replace(/[__WHITE_SPACE__]/gu, " ");
  const digits = visible.replace(/[__OTHER_DIGITS__]/gu, (digit) => digit.charCodeAt(0) & 15);
  const shown = digits.replace(/[__OTHER_HYPHENS__]/gu, "-").replaceAll("＋", "+").replace(/ +/g, " ").trim();
  const prefix = /^\(*(\+|00)/.exec(shown)?.[1];
  const dialled = (prefix ? shown.replace(/\([ .-]*0[ .-]*\)/, "") : shown).replace(/[^\d+]/g, "");
  const isNumber =
    shown.length <= __MAX_NUMBER_LENGTH__ &&
    /^\(*\+?[^+]*$/.test(shown) &&
    /^(?:[-+\d ./]|\([-+\d ./]*\))*$/.test(shown) &&
    !/\/.*\/|^[^0+(].*\/|^(\D*\d){7}.*\//.test(shown) &&
    dialled.length >= __MIN_NUMBER_DIGITS__ &&
    dialled.length <= (prefix === "+" ? __MAX_PLUS_DIGITS__ : prefix ? __MAX_ZEROS_DIGITS__ : __MAX_NATIONAL_DIGITS__);
  if (isNumber) return [shown, dialled];
  // Anything else is shown as typed.
  const typedCharacters = [...visible.trim()];
  const text = typedCharacters.slice(0, __MAX_NUMBER_LENGTH__).join("").trim();
  return [typedCharacters.length > __MAX_NUMBER_LENGTH__ ? text + "…" : text, false];
};

// Shows the parent's own number for day and night in the safety text of pages without the app: that of the reflection
// that the app would open. Session storage takes precedence over local storage.
const showOwnNumber = (scope) => {
  // Before anything is stored, only the app has the number.
  const live = find("[data-saved=undecided]") && attempt(() => JSON.parse(window.betweenUs.values()));
  const read = (store, key) => attempt(() => JSON.parse(store.getItem(PREFIX + key)));
  const all = stores().reverse();
  const open = all.map((store) => read(store, "journal")?.current).find(Boolean);
  const own = all.find((store) => read(store, open));
  // Older versions stored one profile for all reflections.
  const stored = read(own, open + ":about") ?? read(own, "about");
  const profile = live ? attempt(() => JSON.parse(live[live.findIndex((key) => key.endsWith(":about")) + 1])) : stored;
  const [shown, dialled] = dial(typeof profile?.number === "string" ? profile.number : "");
  for (const container of shown ? scope.querySelectorAll("[data-own-number]") : []) {
    const number = document.createElement(dialled ? "a" : "bdi");
    if (dialled) Object.assign(number, { className: "call", dir: "ltr", href: "tel:" + dialled });
    number.translate = false;
    number.textContent = shown;
    container.append(number);
    container.classList.toggle("printed", !!profile.print_number);
    container.hidden = false;
  }
};

// Scrolls a focused element out from under the header and the bar: browsers only scroll it into the window.
addEventListener("focusin", ({ target }) => {
  if (target.matches("main :focus-visible:not(.bar *), .layer :focus-visible")) target.scrollIntoView({ block: "nearest" });
});

// Fills in the page, or the part `scope` of it.
const fillIn = (scope = document) => {
  showOwnNumber(scope);
  const openingOf = (language) => new URL(`../../${language}/`, location.href).href;
  for (const field of scope.querySelectorAll("[data-invite-link]")) field.value = openingOf(root.lang);
  for (const element of scope.querySelectorAll("[data-poster-link]")) element.textContent = openingOf(root.lang);
  for (const element of scope.querySelectorAll("[data-message]")) {
    element.textContent = element.dataset.message.replace("{link}", openingOf(element.lang));
  }
  for (const details of scope.querySelectorAll("details[data-country]")) {
    if (details.dataset.country === country()) {
      details.open = true;
      details.parentElement.before(details);
    }
  }
  for (const time of scope.querySelectorAll("time[datetime]")) {
    const day = new Date(time.dateTime + "T12:00");
    if (!Number.isNaN(day.getTime())) {
      const { lang } = time.closest("[lang]");
      time.textContent = new Intl.DateTimeFormat(lang, { dateStyle: "long", ...DATE_OPTIONS }).format(day);
    }
  }
};
addEventListener("DOMContentLoaded", () => {
  // The body is complete only now, so a page that was left is covered again.
  if (isLeft) return coverPage(root.dataset.left);
  updateCovers();
  fillIn();
  loadInvitation();
  // The language picker redirects to the stored or preferred language, unless the service worker opened it because the
  // network is unavailable: then the person chooses among the cached languages.
  if (root.hasAttribute("data-picker") && root.dataset.place !== "offline" && !root.dataset.left) {
    const offered = [...document.querySelectorAll("[data-locale]")].map((link) => link.dataset.locale);
    const chosen = attempt(() => localStorage.getItem(LOCALE));
    const wanted = [chosen, ...navigator.languages.map((language) => language.split("-")[0])];
    const first = wanted.find((language) => offered.includes(language));
    if (first) location.replace(first + "/" + location.hash);
  }
});
