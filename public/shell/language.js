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
    if (isLeft) return;
    marks();
    leaveBy(() => location.assign(link.href));
  });
};
let here;
const speak = async (link) => {
  const address = link.href;
  const response = await fetch(address);
  const other = new DOMParser().parseFromString(await response.text(), "text/html");
  // The page may have been left meanwhile.
  if (isLeft) return;
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
