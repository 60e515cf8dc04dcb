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
