// Opens the help and privacy pages in a layer, a dialog over the page. The page below stays as it is, with its state in
// memory. Works without the app. The layer has its own history entry, so that Back closes it.

const LAYER = /\/(help|privacy)\/$/;
const findLayer = () => find(".layer");
const layerNameOf = (link) => link?.origin === location.origin && LAYER.exec(link.pathname)?.[1];

// Returns the state of the current history entry: `counter` of the screen, and `layer`, the name of the layer over it,
// if any.
const entry = () => {
  const { state } = history;
  return state && typeof state === "object" ? state : { counter: state };
};
const counter = () => entry().counter ?? null;
// The counter of the screen that shows, or that is below the layer.
let currentCounter = counter();
// The name of the layer if the current entry is that of a layer.
let currentLayer = entry().layer;
let openedBy;
let retry;
let afterClose;
let loadNumber = 0;

// Opens the page of a link in the layer; replaces the page that is there. If the browser refuses the history entry,
// only Back is affected.
const openLayer = (link, isNew) => {
  const layer = findLayer();
  const name = layerNameOf(link);
  // Waits until `history.back()` has left the entry of the layer that was just closed.
  if (isNew && currentLayer && !layer.open) return (afterClose = () => openLayer(link, isNew));
  currentCounter = counter();
  if (isNew) attempt(() => history[currentLayer ? "replaceState" : "pushState"]({ counter: currentCounter, layer: name }, ""));
  currentLayer = entry().layer;
  layer.dataset.layer = name;
  if (!layer.open) {
    openedBy = link;
    layer.showModal();
  }
  // A retry bypasses the HTTP cache, which may contain an incomplete page.
  retry = (cache = "reload") => loadLayer(layer, link.origin + link.pathname, link.textContent, cache);
  retry("default");
};
const loadLayer = async (layer, address, title, cache) => {
  const body = layer.querySelector(".layer-body");
  // Replaces the content, shows the status `state` if given, and returns the heading, made focusable.
  const show = (nodes, state) => {
    body.replaceChildren(...nodes);
    layer.scrollTop = 0;
    for (const element of layer.querySelectorAll("[data-layer-says]")) element.hidden = element.dataset.layerSays !== state;
    return Object.assign(body.querySelector("h1"), { id: "layer-title", tabIndex: -1 });
  };
  const number = ++loadNumber;
  show([Object.assign(document.createElement("h1"), { textContent: title })], "loading").focus();
  const main = await fetchMain(address, cache).catch(() => null);
  if (number !== loadNumber) return;
  const focus = document.activeElement;
  if (!main) return show([...body.children], "failed").focus();
  const heading = show(main.children);
  if (!focus?.closest(".layer .head")) heading.focus();
  fillIn(body);
};

// Returns the `main` element of a page of this site, its links resolved against the address of that page.
//
// Throws on a network error, after 15 seconds, on an error status, and if the page is incomplete.
const FETCH_TIMEOUT = 15_000;
const fetchMain = async (address, cache) => {
  const response = await fetch(address, { cache, signal: AbortSignal.timeout?.(FETCH_TIMEOUT) });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const main = page.querySelector("main:not(.picker)");
  // The footer comes last, so a page with a footer is complete.
  if (!response.ok || !main?.querySelector("h1") || !page.querySelector(".foot")) throw new Error("no page of ours");
  for (const link of main.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), address);
  return main;
};

// Closes the layer, and then runs `then`.
const closeLayer = (then) => {
  afterClose = then;
  findLayer().close();
};
const runAfterClose = () => {
  const then = afterClose;
  afterClose = null;
  then?.();
};
document.addEventListener(
  "close",
  ({ target }) => {
    if (isLeft || !target.matches(".layer")) return;
    loadNumber += 1;
    delete target.dataset.layer;
    target.querySelector(".layer-body").replaceChildren();
    (openedBy?.isConnected ? openedBy : find(".head-link")).focus();
    if (currentLayer) history.back();
    else runAfterClose();
  },
  true,
);

// Opens or closes the layer as the history entry says: after Back, Forward or a reload.
const syncWithHistory = () => {
  const { layer: name } = entry();
  const layer = findLayer();
  if (!layer?.showModal || name === layer.dataset.layer) return;
  const link = name && [...document.links].find((link) => layerNameOf(link) === name);
  if (link) openLayer(link, false);
  else if (layer.open) layer.close();
};
addEventListener("popstate", (event) => {
  // Keeps the event from the app if only the layer changed.
  if (counter() === currentCounter && (currentLayer || entry().layer)) event.stopImmediatePropagation();
  currentCounter = counter();
  currentLayer = entry().layer;
  syncWithHistory();
  if (!currentLayer) runAfterClose();
});
addEventListener("DOMContentLoaded", syncWithHistory);
