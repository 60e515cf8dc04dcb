// Handles clicks on links and buttons, and carries an invitation or a country from page to page in the fragment.

// Loads the module that reads an invitation, if there is one and this page shows it: only the opening does. Other pages
// keep the invitation in their address.
const loadInvitation = () => {
  const section = updateInvited() && find("[data-invitation][data-module]");
  if (!section) return;
  const script = document.createElement("script");
  Object.assign(script, { type: "module", src: section.dataset.module, integrity: section.dataset.integrity });
  script.onerror = () => root.removeAttribute("data-invited");
  delete section.dataset.module;
  document.head.append(script);
};
addEventListener("hashchange", loadInvitation);
// Returns the country whose help lines come first: that of the accepted invitation, which the app sets, or that in the
// address.
const country = () => root.dataset.country || countryIn(location.hash);
// Sets the fragment of a link: its own anchor, followed by the invitation of this address.
const carryFragment = (link) => {
  if (link.origin !== location.origin) return;
  const fields = invitationIn(location.hash) || (link.pathname.endsWith("/help/") && country() && "country=" + country());
  const hash = [anchorIn(link.hash), fields].filter(Boolean).join("&");
  if (link.hash.slice(1) !== hash) link.hash = hash;
};
// Moves to an anchor on this page without changing the address, if that contains an invitation.
const jumpToAnchor = (link, event) => {
  const target = link.pathname === location.pathname && document.getElementById(anchorIn(link.hash));
  if (!target || !invitationIn(location.hash)) return;
  event.preventDefault();
  if (target.tabIndex < 0) target.tabIndex = -1;
  target.focus();
  target.scrollIntoView();
};
// Follows a link: within the page, in the layer, or out of the document.
const followLink = (link, event) => {
  const isPlain = !(event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!isPlain || link.target || link.download) return;
  if (link.origin !== location.origin) {
    // Another site opens in a new tab while leaving would lose answers.
    if (root.matches(AT_RISK) && link.protocol.startsWith("http")) link.target = "_blank";
    return;
  }
  const { href, hash } = link;
  const isHere = link.pathname === location.pathname && !link.hreflang;
  if (isHere && link.closest(".layer")) {
    closeLayer(() => anchorIn(hash) && attempt(() => window.betweenUs.restore()));
  } else if (isHere && hash) {
    return;
  } else if (!isHere && !link.hreflang && layerNameOf(link) && findLayer()?.showModal) {
    openLayer(link, true);
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
    jumpToAnchor(link, event);
    carryFragment(link);
  }
  const language = event.target.closest?.("a[hreflang]");
  if (language) chooseLanguage(language, event);
  if (link) followLink(link, event);
  const button = event.target.closest?.("button[data-action], [data-action=exit]");
  // The exit of the language picker is a link, so that it works without scripts.
  if (button?.href) event.preventDefault();
  if (button && Object.hasOwn(actions, button.dataset.action)) runAction(button);
});
