// What only a browser knows, filled in once the page is there.

// A number as it is shown and as a telephone dials it, by the rule of `src/reflection/number.rs`: what is dialled is what is
// shown, or nothing is.
const dial = (typed) => {
  const digits = typed.replace(/\s+/g, " ").replace(/[٠-٩۰-۹０-９]/g, (digit) => digit.charCodeAt(0) & 15);
  const shown = digits.replace(/\p{C}/gu, "").replace(/[‐-―−]/g, "-").replace("＋", "+").replace(/ +/g, " ").trim();
  const far = /^\(*(\+|00)/.exec(shown)?.[1];
  const dialled = (far ? shown.replace(/\([ .-]*0[ .-]*\)/, "") : shown).replace(/[^\d+]/g, "");
  const isOne =
    shown.length <= 40 &&
    /^\(*\+?[^+]*$/.test(shown) &&
    /^(?:[-+\d ./]|\([-+\d ./]*\))*$/.test(shown) &&
    !/\/.*\/|^[^0+(].*\/|^(\D*\d){7}.*\//.test(shown) &&
    dialled.length > 2 &&
    dialled.length <= (far === "+" ? 16 : far ? 17 : 12);
  return [shown, isOne && dialled];
};

// The parent's own number for day and night, beside the safety text of pages without the app: that of the reflection which
// the app would open. What this tab keeps to itself comes before what is on the device.
const ownNumber = (scope) => {
  // While it is kept nowhere, the app alone knows it.
  const live = find("[data-saved=undecided]") && attempt(() => JSON.parse(window.betweenUs.values()));
  const read = (store, key) => attempt(() => JSON.parse(store.getItem(PREFIX + key)));
  const all = stores().reverse();
  const open = all.map((store) => read(store, "journal")?.current).find(Boolean);
  const own = all.find((store) => read(store, open));
  // Older versions kept it for all reflections together.
  const kept = read(own, open + ":about") ?? read(own, "about");
  const about = live ? attempt(() => JSON.parse(live[live.findIndex((key) => key.endsWith(":about")) + 1])) : kept;
  const [shown, dialled] = dial(typeof about?.number === "string" ? about.number : "");
  for (const place of shown ? scope.querySelectorAll("[data-own-number]") : []) {
    const number = document.createElement(dialled ? "a" : "bdi");
    if (dialled) Object.assign(number, { className: "call", dir: "ltr", href: "tel:" + dialled });
    number.translate = false;
    number.textContent = dialled || shown.length <= 40 ? shown : shown.slice(0, 40) + "…";
    place.append(number);
    place.classList.toggle("printed", !!about.print_number);
    place.hidden = false;
  }
};

// What gets the focus comes out from below the header and the bar: browsers only bring it into the window.
addEventListener("focusin", ({ target }) => {
  if (target.matches("main :focus-visible:not(.bar *), .layer :focus-visible")) target.scrollIntoView({ block: "nearest" });
});

// What only a browser knows: where this copy stands, whose help comes first, how this language writes a day, and which
// language is preferred.
const fillIn = (scope = document) => {
  ownNumber(scope);
  const start = (language) => new URL(`../../${language}/`, location.href).href;
  for (const field of scope.querySelectorAll("[data-invite-link]")) field.value = start(root.lang);
  for (const place of scope.querySelectorAll("[data-poster-link]")) place.textContent = start(root.lang);
  for (const place of scope.querySelectorAll("[data-message]")) {
    place.textContent = place.dataset.message.replace("{link}", start(place.lang));
  }
  for (const place of scope.querySelectorAll("details[data-country]")) {
    if (place.dataset.country === country()) {
      place.open = true;
      place.parentElement.before(place);
    }
  }
  for (const time of scope.querySelectorAll("time[datetime]")) {
    const day = new Date(time.dateTime + "T12:00");
    if (!Number.isNaN(day.getTime())) {
      const { lang } = time.closest("[lang]");
      time.textContent = new Intl.DateTimeFormat(lang, { dateStyle: "long", ...DIGITS }).format(day);
    }
  }
};
addEventListener("DOMContentLoaded", () => {
  // All of the page has come only now.
  if (isLeft) return cover(root.dataset.left);
  covers();
  fillIn();
  arrive();
  // Whoever is led here because the network is gone chooses what is here.
  if (root.hasAttribute("data-picker") && root.dataset.place !== "offline" && !root.dataset.left) {
    const offered = [...document.querySelectorAll("[data-locale]")].map((link) => link.dataset.locale);
    const chosen = attempt(() => localStorage.getItem(LOCALE));
    const wanted = [chosen, ...navigator.languages.map((language) => language.split("-")[0])];
    const first = wanted.find((language) => offered.includes(language));
    if (first) location.replace(first + "/" + location.hash);
  }
});
