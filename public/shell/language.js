// Switches the language of this page and keeps the fragment. Where the app runs, the document stays, because answers
// may be in memory only: the body of the other document replaces this one's, and the app continues with its message
// catalog. If the site was updated in between, that document has another module, which this app cannot work with.
const chooseLanguage = (link, event) => {
  // Nothing is written before the parent has chosen to keep something on this device.
  if (attempt(() => localStorage.getItem(JOURNAL))) attempt(() => localStorage.setItem(LOCALE, link.hreflang));
  link.hash = location.hash;
  const isRunning = window.betweenUs?.start && find("[data-app][data-state=ready]:not([inert])");
  if (!isRunning || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  switchLanguage(link).catch(() => {
    if (isLeft) return;
    updateMarks();
    leaveBy(() => location.assign(link.href));
  });
};
// The path of the current language, once it was switched.
let currentPath;
const switchLanguage = async (link) => {
  const address = link.href;
  const response = await fetch(address);
  const other = new DOMParser().parseFromString(await response.text(), "text/html");
  // The page may have been left in the meantime.
  if (isLeft) return;
  const moduleOf = (page) => page.querySelector("script[type=module]").getAttribute("src");
  if (moduleOf(other) !== moduleOf(document)) throw new Error("another version");
  const container = link.closest("footer") ? "footer" : ".languages";
  root.lang = other.documentElement.lang;
  root.dir = other.documentElement.dir;
  find("link[rel=manifest]").replaceWith(other.querySelector("link[rel=manifest]"));
  document.body.replaceWith(other.body);
  history.replaceState(history.state, "", address);
  currentPath = location.pathname;
  fillIn();
  window.betweenUs.start();
  find(`${container} [hreflang="${root.lang}"]`).focus();
};
// History entries from before the switch have the address of the earlier language; replaces it with the current one.
addEventListener("popstate", () => currentPath && history.replaceState(history.state, "", currentPath + location.hash));
