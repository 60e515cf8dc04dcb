// The service worker: keeps the site on the device, so that it opens at once and with the network gone. The builder fills
// in the two constants.
//
// What it may ask the network for stands in FILES and nowhere else. `load` is the only place that asks, and takes a path of
// that list: no query, no body, nothing that a person did. A request for anything else is left to the browser.
//
// Each build has a cache of its own, and a page and all that it loads come from one and the same build. A newer build is
// fetched beside it and takes over when the page says so, or when no page is open any more.

const BUILD = "__BUILD__";
// The hash of each file by its path: those for all languages under `common`, and those of each language by its id.
const FILES = __FILES__;

const SCOPE = new URL("./", location).href;
const NAME = `between-us:${SCOPE}:`;
const HASHES = Object.assign({}, ...Object.values(FILES));
const LANGUAGES = Object.keys(FILES).filter((group) => group !== "common");
// What a server says about its compressed forms decides nothing here.
const ANY = { ignoreVary: true };

const isListed = (path) => Object.hasOwn(HASHES, path);
// The name of such a file changes with its bytes.
const isHashed = (path) => path.startsWith("assets/");
const languageOf = (path) => LANGUAGES.find((language) => path.startsWith(language + "/"));
const open = () => caches.open(NAME + BUILD);

// The only request that this file makes. A redirection is not followed: nothing of ours stands elsewhere.
const load = (path, cache) => fetch(SCOPE + path, { cache, redirect: "manual" });

const isWhole = async (path, response) => {
  if (!response.ok) return false;
  const digest = await crypto.subtle.digest("SHA-256", await response.clone().arrayBuffer());
  const hash = Array.from(new Uint8Array(digest, 0, 16), (byte) => byte.toString(16).padStart(2, "0"));
  return hash.join("") === HASHES[path];
};

// Keeps one file: the same one of an earlier build, or else what the network gives, if it is what this build made. A site
// that is only half in place, or a network that answers for it, thus never gets in.
const keep = async (cache, path) => {
  const known = isHashed(path) && (await caches.match(SCOPE + path, ANY));
  if (known && (await isWhole(path, known))) return cache.put(SCOPE + path, known);
  for (const mode of [isHashed(path) ? "default" : "no-cache", "reload"]) {
    const response = await load(path, mode);
    if (await isWhole(path, response)) return cache.put(SCOPE + path, response);
  }
  throw new Error(`${path} is another build's`);
};

// Keeps what is still missing of the files for all languages, and of those of some.
const fill = async (languages) => {
  const cache = await open();
  const kept = new Set((await cache.keys()).map((request) => request.url));
  const wanted = ["common", ...languages].flatMap((group) => Object.keys(FILES[group]));
  await Promise.all(wanted.filter((path) => !kept.has(SCOPE + path)).map((path) => keep(cache, path)));
};

const ours = async () => (await caches.keys()).filter((name) => name.startsWith(NAME));

// The languages of the pages that are open, and those that an earlier build has kept.
const languagesInUse = async () => {
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const addresses = pages.map((page) => page.url);
  for (const name of await ours()) {
    const cache = await caches.open(name);
    addresses.push(...(await cache.keys()).map((request) => request.url));
  }
  return LANGUAGES.filter((language) => addresses.some((address) => address.startsWith(`${SCOPE}${language}/`)));
};

const forget = async () => {
  const others = (await ours()).filter((name) => name !== NAME + BUILD);
  await Promise.all(others.map((name) => caches.delete(name)));
};

// What is kept is held against its hash each time: whatever else runs at this address can write into the same caches.
const answer = async (path) => {
  // A browser may refuse a cache at any time; the network is there all the same.
  const kept = await open()
    .then((cache) => cache.match(SCOPE + path, ANY))
    .then(async (response) => response && (await isWhole(path, response)) && response)
    .catch(() => undefined);
  return kept || load(path, isHashed(path) ? "default" : "no-cache");
};

// Something that is not here, with the network gone, is told by the choice of languages, which always is. An invitation behind
// the `#` comes along.
const tellOffline = (url) => async (error) => {
  if (!(await caches.match(SCOPE, ANY))) throw error;
  const [, hash] = url.split("#");
  return Response.redirect(`${SCOPE}#offline${hash ? "&" + hash : ""}`);
};

// The file that an address means. Servers read `%65` as `e`, and a folder as the page in it.
const meant = (address) => {
  let path = address.slice(SCOPE.length);
  try {
    path = decodeURI(path);
  } catch {
    // It stays as it is.
  }
  return path.replace(/(^|\/)index\.html$/, "$1") || "./";
};

// An address that is not on the list is the browser's own affair: it asks again by itself, and is let pass then. Where the
// network is gone, which a file of the list tells, that is said in place of a browser's page of errors.
const passing = new Set();
const passOn = (url) =>
  load("./", "no-store").then(() => {
    passing.add(url);
    return Response.redirect(url);
  }, tellOffline(url));

addEventListener("install", (event) => event.waitUntil(languagesInUse().then(fill)));
addEventListener("activate", (event) => event.waitUntil(forget()));
addEventListener("message", (event) => event.data === "take-over" && skipWaiting());
addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const [address] = url.split(/[?#]/);
  if (method !== "GET" || !address.startsWith(SCOPE)) return;
  const isPage = mode === "navigate";
  // Some mail programs write `%23` for the `#` of an invitation.
  if (isPage && /%(25)*23/.test(address)) {
    event.respondWith(Response.redirect(url.replace(/%(25)*23/, "#")));
    return;
  }
  const path = isPage ? meant(address) : address.slice(SCOPE.length) || "./";
  if (isListed(path)) {
    event.respondWith(isPage ? answer(path).catch(tellOffline(url)) : answer(path));
    // A language is kept as soon as it is visited. What fails now is tried again at the next page.
    if (isPage) event.waitUntil(fill([languageOf(path)].filter(Boolean)).catch(() => {}));
  } else if (isPage && isListed(path + "/")) {
    // With all that stands behind the path.
    event.respondWith(Response.redirect(address + "/" + url.slice(address.length)));
  } else if (isPage && !passing.delete(url)) {
    event.respondWith(passOn(url));
  }
});
