// The service worker: caches the site on the device, so that it opens at once and without the network. The builder
// fills in the two constants.
//
// FILES is the complete list of paths that it may request. `load` is the only function that makes a request, and takes
// a path of that list: no query, no body, nothing that depends on what a person did. Requests for anything else are
// left to the browser.
//
// Each build has its own cache, and a page and all its files come from the same build. A newer build is fetched into a
// second cache and takes over when the page requests it, or when no page is open any more.

const BUILD = "__BUILD__";
// The hash of each file by its path: files for all languages under `common`, the others under the id of their language.
const FILES = __FILES__;

const SCOPE = new URL("./", location).href;
const CACHE_PREFIX = `__KEY_PREFIX__${SCOPE}:`;
const HASHES = Object.assign({}, ...Object.values(FILES));
const LANGUAGES = Object.keys(FILES).filter((group) => group !== "common");
// Ignores `Vary: Accept-Encoding`: a cached response is valid for every request.
const MATCH_OPTIONS = { ignoreVary: true };

const isListed = (path) => Object.hasOwn(HASHES, path);
// The names of these files change with their bytes.
const isHashed = (path) => path.startsWith("assets/");
const languageOf = (path) => LANGUAGES.find((language) => path.startsWith(language + "/"));
const open = () => caches.open(CACHE_PREFIX + BUILD);

// Requests a listed path: the only request in this file. Does not follow redirects, since the site has none.
const load = (path, cache) => fetch(SCOPE + path, { cache, redirect: "manual" });

// Returns true if the response is successful and its bytes have the hash of this build.
const isIntact = async (path, response) => {
  if (!response.ok) return false;
  const digest = await crypto.subtle.digest("SHA-256", await response.clone().arrayBuffer());
  const hash = Array.from(new Uint8Array(digest, 0, 16), (byte) => byte.toString(16).padStart(2, "0"));
  return hash.join("") === HASHES[path];
};

// Caches one file: a copy from an earlier build, or else the network's response if its hash matches. This keeps out a
// site that is only half deployed, and a network that answers in its place.
const cacheFile = async (cache, path) => {
  const known = isHashed(path) && (await caches.match(SCOPE + path, MATCH_OPTIONS));
  if (known && (await isIntact(path, known))) return cache.put(SCOPE + path, known);
  for (const mode of [isHashed(path) ? "default" : "no-cache", "reload"]) {
    const response = await load(path, mode);
    if (await isIntact(path, response)) return cache.put(SCOPE + path, response);
  }
  throw new Error(`${path} is another build's`);
};

// Caches the missing files for all languages, and those of the given languages.
const cacheMissing = async (languages) => {
  const cache = await open();
  const cached = new Set((await cache.keys()).map((request) => request.url));
  const wanted = ["common", ...languages].flatMap((group) => Object.keys(FILES[group]));
  await Promise.all(wanted.filter((path) => !cached.has(SCOPE + path)).map((path) => cacheFile(cache, path)));
};

const cacheNames = async () => (await caches.keys()).filter((name) => name.startsWith(CACHE_PREFIX));

// Returns the languages of open pages and those that an earlier build has cached.
const languagesInUse = async () => {
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const addresses = pages.map((page) => page.url);
  for (const name of await cacheNames()) {
    const cache = await caches.open(name);
    addresses.push(...(await cache.keys()).map((request) => request.url));
  }
  return LANGUAGES.filter((language) => addresses.some((address) => address.startsWith(`${SCOPE}${language}/`)));
};

const deleteOtherCaches = async () => {
  const others = (await cacheNames()).filter((name) => name !== CACHE_PREFIX + BUILD);
  await Promise.all(others.map((name) => caches.delete(name)));
};

// Returns the cached file, or else requests it. The hash is checked at every read, since other code of the same origin
// can write to these caches.
const respond = async (path) => {
  // A browser may refuse access to a cache at any time; the network is the fallback.
  const cached = await open()
    .then((cache) => cache.match(SCOPE + path, MATCH_OPTIONS))
    .then(async (response) => response && (await isIntact(path, response)) && response)
    .catch(() => undefined);
  return cached || load(path, isHashed(path) ? "default" : "no-cache");
};

// Handles a failed request for a page that is not cached: redirects to the language picker, which is always cached and
// says that the network is unavailable. Keeps an invitation in the fragment.
const redirectOffline = (url) => async (error) => {
  if (!(await caches.match(SCOPE, MATCH_OPTIONS))) throw error;
  const [, hash] = url.split("#");
  return Response.redirect(`${SCOPE}#offline${hash ? "&" + hash : ""}`);
};

// Returns the path of the file that an address refers to. As servers do, decodes `%65` to `e` and resolves a folder to
// its page.
const resolvePath = (address) => {
  let path = address.slice(SCOPE.length);
  try {
    path = decodeURI(path);
  } catch {
    // An invalid escape is left undecoded.
  }
  return path.replace(/(^|\/)index\.html$/, "$1") || "./";
};

// Leaves a page that is not listed to the browser: redirects to the same address, and lets the repeated request
// through. Requests a listed file first, to detect a missing network; the picker then says so in place of the browser's
// error page.
const passedThrough = new Map();
const passThrough = (url) =>
  load("./", "no-store").then(() => {
    passedThrough.set(url, true);
    return Response.redirect(url);
  }, redirectOffline(url));

addEventListener("install", (event) => event.waitUntil(languagesInUse().then(cacheMissing)));
addEventListener("activate", (event) => event.waitUntil(deleteOtherCaches()));
addEventListener("message", (event) => event.data === "take-over" && skipWaiting());
addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const [address] = url.split(/[?#]/);
  if (method !== "GET" || !address.startsWith(SCOPE)) return;
  const isPage = mode === "navigate";
  // Some mail programs write the `#` of an invitation as `%23`.
  if (isPage && /%(25)*23/.test(address)) {
    event.respondWith(Response.redirect(url.replace(/%(25)*23/, "#")));
    return;
  }
  const path = isPage ? resolvePath(address) : address.slice(SCOPE.length) || "./";
  if (isListed(path)) {
    event.respondWith(isPage ? respond(path).catch(redirectOffline(url)) : respond(path));
    // A language is cached at its first visit. A failure is retried at the next page.
    if (isPage) event.waitUntil(cacheMissing([languageOf(path)].filter(Boolean)).catch(() => {}));
  } else if (isPage && isListed(path + "/")) {
    // Keeps the query and the fragment.
    event.respondWith(Response.redirect(address + "/" + url.slice(address.length)));
  } else if (isPage && !passedThrough.delete(url)) {
    event.respondWith(passThrough(url));
  }
});
