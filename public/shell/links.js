// What links and addresses carry along: an invitation, or a country.

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
// The country whose help comes first: that of the invitation which the app has taken over, or that in the address.
const country = () => root.dataset.country || countryIn(location.hash);
// A link keeps the place it leads to, and takes the invitation along behind it.
const carry = (link) => {
  if (link.origin !== location.origin) return;
  const along = invitationIn(location.hash) || (link.pathname.endsWith("/help/") && country() && "country=" + country());
  const hash = [placeIn(link.hash), along].filter(Boolean).join("&");
  if (link.hash.slice(1) !== hash) link.hash = hash;
};
// A place on this page: the address stays as it is, where it holds an invitation.
const jump = (link, event) => {
  const place = link.pathname === location.pathname && document.getElementById(placeIn(link.hash));
  if (!place || !invitationIn(location.hash)) return;
  event.preventDefault();
  if (place.tabIndex < 0) place.tabIndex = -1;
  place.focus();
  place.scrollIntoView();
};
// Follows a link: within the page, over it, or out of the document.
const goTo = (link, event) => {
  const isPlain = !(event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!isPlain || link.target || link.download) return;
  if (link.origin !== location.origin) {
    // Another site takes no answer away: it opens beside the page.
    if (root.matches(AT_RISK) && link.protocol.startsWith("http")) link.target = "_blank";
    return;
  }
  const { href, hash } = link;
  const isHere = link.pathname === location.pathname && !link.hreflang;
  if (isHere && link.closest(".layer")) {
    shut(() => placeIn(hash) && attempt(() => window.betweenUs.restore()));
  } else if (isHere && hash) {
    return;
  } else if (!isHere && !link.hreflang && nameOf(link) && over()?.showModal) {
    lay(link, true);
  } else if (root.matches(AT_RISK)) {
    leaveBy(() => location.assign(href));
  } else {
    return;
  }
  event.preventDefault();
};
addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (link) {
    jump(link, event);
    carry(link);
  }
  const language = event.target.closest?.("a[hreflang]");
  if (language) choose(language, event);
  if (link) goTo(link, event);
  const button = event.target.closest?.("button[data-action], [data-action=exit]");
  // The exit of the picker is a link, so that it works without scripts.
  if (button?.href) event.preventDefault();
  if (button && Object.hasOwn(actions, button.dataset.action)) act(button);
});
