// Comes with every page, when nothing waits for it any more. It keeps the site on the device, offers a newer version when one
// is ready, and mends a page that does not belong to the site as it now stands. Hence its own name never changes: whatever
// else of an old page is gone, this is there.
"use strict";
(() => {
  const root = document.documentElement;
  const worker = new URL("sw.js", document.currentScript.src);
  const find = (selector) => document.querySelector(selector);
  // A page that was left is on its way elsewhere.
  const reload = () => root.dataset.left || location.reload();

  // Nobody is interrupted: while a question is being answered, at the table, and while what was answered is in memory
  // only, a newer version waits.
  const BUSY = "[data-step] textarea, [data-table], [data-saved=undecided], [data-saved=no]";
  const offer = (waiting) => {
    const place = find("[data-update]");
    if (!place) return;
    const look = () => {
      place.hidden = waiting.state !== "installed" || !!find(BUSY);
    };
    const changes = new MutationObserver(look);
    changes.observe(find("main"), { childList: true, subtree: true, attributeFilter: ["data-saved", "data-step"] });
    let isWanted = false;
    place.addEventListener("click", (event) => {
      if (!event.target.closest("[data-action=update]") || find(BUSY)) return;
      isWanted = true;
      waiting.postMessage("take-over");
    });
    // Another page of ours may have asked for it: then this one goes on as it is.
    waiting.addEventListener("statechange", () => {
      look();
      if (isWanted && waiting.state === "activated") reload();
      if (isWanted && waiting.state === "redundant") find("[data-ask=failed]")?.showModal();
    });
    look();
  };

  // After the page has all that it needs itself.
  const register = async () => {
    const registration = await navigator.serviceWorker.register(worker);
    const watch = (coming) => {
      const isUpdate = !!registration.active;
      coming?.addEventListener("statechange", () => coming.state === "installed" && isUpdate && offer(coming));
    };
    if (registration.waiting) offer(registration.waiting);
    watch(registration.installing);
    registration.addEventListener("updatefound", () => watch(registration.installing));
  };

  // A page from before an update may name files that are gone. It is loaded anew, once and only if it can be; where that
  // does not help, it says that the app cannot run, and what can be done without.
  let isMending = false;
  const mend = async () => {
    if (isMending) return;
    isMending = true;
    const isFirst = performance.getEntriesByType("navigation")[0]?.type !== "reload";
    const isThere = () => fetch(location.pathname, { cache: "no-cache" }).then((page) => page.ok);
    if (isFirst && (await isThere().catch(() => false))) return reload();
    const words = find("[data-app] ~ [data-unable]");
    if (words) {
      root.dataset.unable = "";
      words.hidden = false;
    }
  };
  addEventListener("stale", (event) => {
    event.preventDefault();
    mend();
  });

  const begin = () => {
    const has = (mark) => mark in root.dataset;
    const isWhole = has("script") && document.styleSheets.length && (has("booted") || !find("[data-app]"));
    if (!isWhole || has("stale")) mend();
    if (navigator.serviceWorker) register().catch(() => {});
  };
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
})();
