// Starts the app on a live page. The builder joins this with the generated bindings into one module.

const page = document.documentElement;
page.dataset.booted = "";
const ours = new URL(".", import.meta.url).href;

// The app cannot run here: the plain words and ways that are already in the page take its place.
const unable = () => {
  page.dataset.unable = "";
  document.querySelector("[data-unable][hidden]")?.removeAttribute("hidden");
};

// Something broke while the app was running: it is stopped, nothing is written any more, and the cover that is already
// in the page says so. Errors of extensions are none of ours.
const isOurs = (error, file) =>
  error instanceof WebAssembly.RuntimeError ||
  (typeof file === "string" && file.startsWith(ours)) ||
  (typeof error?.stack === "string" && error.stack.includes(ours));
const broken = () => {
  if (page.hasAttribute("data-broken")) return;
  page.dataset.broken = "";
  document.querySelector("[data-app]")?.setAttribute("inert", "");
  const cover = document.querySelector("[data-cover=broken]");
  if (cover) {
    cover.hidden = false;
    cover.focus();
  }
};

// The chunk holds the screens that a page does not begin with. It is loaded once the page is ready, at every visit and
// whatever the person does, so that no request tells anything, and shares the memory of the module. If it does not come it is
// asked for again, by the clock alone; until then the app says that it waits.
const chunk = "__CHUNK_URL__";
const isOver = () => page.dataset.left || "broken" in page.dataset;
const loadChunk = async (exports, wait, cache) => {
  if (isOver()) return;
  try {
    const response = await fetch(new URL(chunk, import.meta.url), { integrity: "__CHUNK_INTEGRITY__", cache });
    if (!response.ok) throw new Error("no chunk");
    await WebAssembly.instantiate(await response.arrayBuffer(), { __wasm_split: exports });
  } catch {
    // The browser's cache may hold the response that was refused.
    return setTimeout(loadChunk, wait, exports, Math.min(wait * 2, 60_000), "reload");
  }
  if (!isOver()) chunk_loaded();
};

// Where the app is missing, or is another one than this page was made for, the page may be older than the site: `offline.js`
// loads it anew, or says that the app cannot run.
const wasm = new URL("__WASM_URL__", import.meta.url);
const isHere = typeof WebAssembly === "object";
const response = isHere && (await fetch(wasm, { integrity: "__WASM_INTEGRITY__" }).catch(() => null));
if (response) {
  try {
    const exports = await __wbg_init({ module_or_path: response });
    addEventListener("error", (event) => isOurs(event.error, event.filename) && broken());
    addEventListener("unhandledrejection", (event) => isOurs(event.reason) && broken());
    window.betweenUs = { values, erase, keep, restore, start, panic };
    if (!start()) unable();
    // The app may have moved something aside, and `shell.js` marks that.
    dispatchEvent(new Event("marks"));
    if (chunk) loadChunk(exports, 1000, "default");
  } catch {
    unable();
  }
} else {
  if (isHere) page.dataset.stale = "";
  if (!isHere || dispatchEvent(new Event("stale", { cancelable: true }))) unable();
}
