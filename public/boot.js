// Starts the app on a live page. The builder joins this file with the generated bindings into one module.

const page = document.documentElement;
page.dataset.booted = "";
const base = new URL(".", import.meta.url).href;

// Shows the static fallback that the page contains, because the app cannot run.
const showUnable = () => {
  page.dataset.unable = "";
  document.querySelector("[data-unable][hidden]")?.removeAttribute("hidden");
};

// Returns true for errors of the app itself; errors of browser extensions are ignored.
const isOurs = (error, file) =>
  error instanceof WebAssembly.RuntimeError ||
  (typeof file === "string" && file.startsWith(base)) ||
  (typeof error?.stack === "string" && error.stack.includes(base));
// Stops the app after an error: makes it inert and shows the cover that the page contains. `data-broken` keeps the app
// from writing anything afterwards.
const showBroken = () => {
  if (page.hasAttribute("data-broken")) return;
  page.dataset.broken = "";
  document.querySelector("[data-app]")?.setAttribute("inert", "");
  const cover = document.querySelector("[data-cover=broken]");
  if (cover) {
    cover.hidden = false;
    cover.focus();
  }
};

// The chunk contains the screens that a page does not start with, and shares the memory of the module. It is loaded at
// every visit once the page is ready, whatever the person does, so that the request reveals nothing. A failed load is
// retried on a timer only; until it succeeds, the app shows that it is loading.
const chunk = "__CHUNK_URL__";
const isStopped = () => page.dataset.left || "broken" in page.dataset;
// Loads the chunk. Retries after `wait` milliseconds, which doubles up to one minute.
const loadChunk = async (exports, wait, cache) => {
  if (isStopped()) return;
  try {
    const response = await fetch(new URL(chunk, import.meta.url), { integrity: "__CHUNK_INTEGRITY__", cache });
    if (!response.ok) throw new Error("no chunk");
    await WebAssembly.instantiate(await response.arrayBuffer(), { __wasm_split: exports });
  } catch {
    // The HTTP cache may contain the response that failed.
    return setTimeout(loadChunk, wait, exports, Math.min(wait * 2, 60_000), "reload");
  }
  if (!isStopped()) chunk_loaded();
};

// If the wasm is missing or fails its integrity check, the page may be older than the site. `offline.js` handles the
// `stale` event: it reloads the page, or shows that the app cannot run.
const wasm = new URL("__WASM_URL__", import.meta.url);
const isSupported = typeof WebAssembly === "object";
const response = isSupported && (await fetch(wasm, { integrity: "__WASM_INTEGRITY__" }).catch(() => null));
if (response) {
  try {
    const exports = await __wbg_init({ module_or_path: response });
    addEventListener("error", (event) => isOurs(event.error, event.filename) && showBroken());
    addEventListener("unhandledrejection", (event) => isOurs(event.reason) && showBroken());
    window.betweenUs = { values, erase, keep, restore, start, panic };
    if (!start()) showUnable();
    // The app may have quarantined a value; `shell.js` then updates the attributes of the root element.
    dispatchEvent(new Event("marks"));
    if (chunk) loadChunk(exports, 1000, "default");
  } catch {
    showUnable();
  }
} else {
  if (isSupported) page.dataset.stale = "";
  if (!isSupported || dispatchEvent(new Event("stale", { cancelable: true }))) showUnable();
}
