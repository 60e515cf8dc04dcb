// Erasing everything, and the pause after "something has changed".

// Erases every key in both stores, the app's state in memory, and the files cached for offline use. The erase mark,
// which the app writes too, notifies other tabs and lets a later visit finish an interrupted erasure.
const erase = async () => {
  attempt(() => window.betweenUs?.erase());
  for (const store of stores()) {
    attempt(() => store.setItem(JOURNAL, '__ERASE_MARK__'));
    for (const key of keysOf(store)) if (key !== JOURNAL) attempt(() => store.removeItem(key));
    attempt(() => store.removeItem(JOURNAL));
  }
  updateMarks();
  find("[data-ask=erase]")?.close();
  const isEmpty = (open) => attempt(() => !Object.keys(open()).some((key) => key.startsWith(PREFIX)));
  ask(isEmpty(() => localStorage) && isEmpty(() => sessionStorage) ? "erased" : "not-erased");
  for (const name of (await attempt(() => caches.keys())) ?? []) {
    if (name.startsWith(`${ROOT_PREFIX}${BASE.href}:`)) await caches.delete(name);
  }
};

// Opens the dialog with this name.
const ask = (name) => find(`[data-ask=${name}]`)?.showModal();

// Starts the pause after "something has changed". It is stored beside the answers until the parent ends it. If a store
// refuses it, the page says so, and the pause applies to this tab, or at least to this page.
const rest = () => {
  const write = (store) => attempt(() => store.setItem(CHANGED, '{"format":1}')) !== null;
  const isStored = stores().every((store) => attempt(() => store.getItem(JOURNAL)) === null || write(store));
  if (!isStored) {
    isResting = true;
    attempt(() => write(sessionStorage));
  }
  updateMarks();
  find("[data-rest-failed]").hidden = isStored;
  find("#rest .when-changed")?.focus();
};
// Ends the pause, and returns to the questions. Returns false if a store refused to remove the key.
const wake = () => {
  isResting = false;
  for (const store of stores()) attempt(() => store.removeItem(CHANGED));
  updateMarks();
  if (root.hasAttribute("data-changed")) return false;
  location.assign(find("[data-action=wake]").dataset.to + location.hash);
};
