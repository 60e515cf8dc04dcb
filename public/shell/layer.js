// Help and what is kept, laid over the page: the page below stays as it is, with all that is in its memory. It needs no app.
// An entry of the history stands for the layer, so that Back closes it.

const LAYER = /\/(help|privacy)\/$/;
const over = () => find(".layer");
const nameOf = (link) => link?.origin === location.origin && LAYER.exec(link.pathname)?.[1];

// The entry that is open: the counter of the screen, and the layer over it if there is one.
const entry = () => {
  const { state } = history;
  return state && typeof state === "object" ? state : { counter: state };
};
const counter = () => entry().counter ?? null;
// The screen that shows, or shows below the layer, and whether the entry stands for a layer.
let at = counter();
let was = entry().layer;
let opener;
let again;
let afterwards;
let turn = 0;

// Lays over the page what a link leads to, in place of a layer that is there. A refused entry only takes Back away.
const lay = (link, isNew) => {
  const layer = over();
  const name = nameOf(link);
  // The entry of the one before is just being left.
  if (isNew && was && !layer.open) return (afterwards = () => lay(link, isNew));
  at = counter();
  if (isNew) attempt(() => history[was ? "replaceState" : "pushState"]({ counter: at, layer: name }, ""));
  was = entry().layer;
  layer.dataset.layer = name;
  if (!layer.open) {
    opener = link;
    layer.showModal();
  }
  // A retry goes past the browser's cache, which may hold a part of the page only.
  again = (cache = "reload") => fill(layer, link.origin + link.pathname, link.textContent, cache);
  again("default");
};
const fill = async (layer, address, title, cache) => {
  const body = layer.querySelector(".layer-body");
  const show = (nodes, says) => {
    body.replaceChildren(...nodes);
    layer.scrollTop = 0;
    for (const one of layer.querySelectorAll("[data-layer-says]")) one.hidden = one.dataset.layerSays !== says;
    return Object.assign(body.querySelector("h1"), { id: "layer-title", tabIndex: -1 });
  };
  const mine = ++turn;
  show([Object.assign(document.createElement("h1"), { textContent: title })], "loading").focus();
  const main = await read(address, cache).catch(() => null);
  if (mine !== turn) return;
  const focus = document.activeElement;
  if (!main) return show([...body.children], "failed").focus();
  const heading = show(main.children);
  if (!focus?.closest(".layer .head")) heading.focus();
  fillIn(body);
};

// Fetches the main part of a page of ours, its links resolved against that page's own address.
const LONGEST_WAIT = 15_000;
const read = async (address, cache) => {
  const response = await fetch(address, { cache, signal: AbortSignal.timeout?.(LONGEST_WAIT) });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const main = page.querySelector("main:not(.picker)");
  // With what stands below it the page is whole.
  if (!response.ok || !main?.querySelector("h1") || !page.querySelector(".foot")) throw new Error("no page of ours");
  for (const link of main.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), address);
  return main;
};

// Takes the layer away, and then does what is left to do on the page.
const shut = (then) => {
  afterwards = then;
  over().close();
};
const settle = () => {
  const then = afterwards;
  afterwards = null;
  then?.();
};
document.addEventListener(
  "close",
  ({ target }) => {
    if (isLeft || !target.matches(".layer")) return;
    turn += 1;
    delete target.dataset.layer;
    target.querySelector(".layer-body").replaceChildren();
    (opener?.isConnected ? opener : find(".head-link")).focus();
    if (was) history.back();
    else settle();
  },
  true,
);

// Back, Forward, or the page loaded anew: what shows follows the entry.
const follow = () => {
  const { layer: name } = entry();
  const layer = over();
  if (!layer?.showModal || name === layer.dataset.layer) return;
  const link = name && [...document.links].find((link) => nameOf(link) === name);
  if (link) lay(link, false);
  else if (layer.open) layer.close();
};
addEventListener("popstate", (event) => {
  // The screen below stays, and the app need not hear of it.
  if (counter() === at && (was || entry().layer)) event.stopImmediatePropagation();
  at = counter();
  was = entry().layer;
  follow();
  if (!was) settle();
});
addEventListener("DOMContentLoaded", follow);
