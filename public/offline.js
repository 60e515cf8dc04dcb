// Loaded by every page after everything else. Registers the service worker, offers a newer version of the site when one
// is installed, and repairs a page that is older than the site. The name of this file never changes, so that an old
// page whose other files are gone still finds it.
"use strict";
(() => {
  const root = document.documentElement;
  const script = new URL("sw.js", document.currentScript.src);
  const find = (selector) => document.querySelector(selector);
  // A page that was left by the exit is already navigating elsewhere.
  const reload = () => root.dataset.left || location.reload();

  // A newer version waits while a question is being answered, during the conversation at the table, and while answers
  // are in memory only.
  const BUSY = "[data-step] textarea, [data-table], [data-saved=undecided], [data-saved=no]";
  // Shows the update notice for a waiting worker, except while the person is busy.
  const offerUpdate = (waiting) => {
    const notice = find("[data-update]");
    if (!notice) return;
    const updateNotice = () => {
      notice.hidden = waiting.state !== "installed" || !!find(BUSY);
    };
    const observer = new MutationObserver(updateNotice);
    observer.observe(find("main"), { childList: true, subtree: true, attributeFilter: ["data-saved", "data-step"] });
    let isRequested = false;
    notice.addEventListener("click", (event) => {
      if (!event.target.closest("[data-action=update]") || find(BUSY)) return;
      isRequested = true;
      waiting.postMessage("take-over");
    });
    // If another page of this site requested the update, this one continues without a reload.
    waiting.addEventListener("statechange", () => {
      updateNotice();
      if (isRequested && waiting.state === "activated") reload();
      if (isRequested && waiting.state === "redundant") find("[data-ask=failed]")?.showModal();
    });
    updateNotice();
  };

  // Registers the service worker. Called after `load`, when the page has everything that it needs itself.
  const register = async () => {
    const registration = await navigator.serviceWorker.register(script);
    const watch = (worker) => {
      const isUpdate = !!registration.active;
      worker?.addEventListener("statechange", () => worker.state === "installed" && isUpdate && offerUpdate(worker));
    };
    if (registration.waiting) offerUpdate(registration.waiting);
    watch(registration.installing);
    registration.addEventListener("updatefound", () => watch(registration.installing));
  };

  // Repairs a page from before an update, which may refer to files that are gone. Reloads it once, if it is reachable.
  // If that does not help, shows that the app cannot run and what works without it.
  let isRepairing = false;
  const repair = async () => {
    if (isRepairing) return;
    isRepairing = true;
    const isFirst = performance.getEntriesByType("navigation")[0]?.type !== "reload";
    const isReachable = () => fetch(location.pathname, { cache: "no-cache" }).then((page) => page.ok);
    if (isFirst && (await isReachable().catch(() => false))) return reload();
    const fallback = find("[data-app] ~ [data-unable]");
    if (fallback) {
      root.dataset.unable = "";
      fallback.hidden = false;
    }
  };
  addEventListener("stale", (event) => {
    event.preventDefault();
    repair();
  });

  const start = () => {
    const has = (flag) => flag in root.dataset;
    const isComplete = has("script") && document.styleSheets.length && (has("booted") || !find("[data-app]"));
    if (!isComplete || has("stale")) repair();
    if (navigator.serviceWorker) register().catch(() => {});
  };
  if (document.readyState === "complete") start();
  else addEventListener("load", start);
})();
