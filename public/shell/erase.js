// Erasing everything, and the rest after "something has changed".

// Erasing: every key in both stores, what the app has in memory, and the files kept for being offline. The mark is
// what the app writes too: it tells other tabs, and lets a later visit finish what is cut off here.
const erase = async () => {
  attempt(() => window.betweenUs?.erase());
  for (const store of stores()) {
    attempt(() => store.setItem(JOURNAL, '{"format":1,"id":"","current":"","moves":0,"erasing":true}'));
    for (const key of keysOf(store)) if (key !== JOURNAL) attempt(() => store.removeItem(key));
    attempt(() => store.removeItem(JOURNAL));
  }
  marks();
  find("[data-ask=erase]")?.close();
  const isEmpty = (open) => attempt(() => !Object.keys(open()).some((key) => key.startsWith(PREFIX)));
  ask(isEmpty(() => localStorage) && isEmpty(() => sessionStorage) ? "erased" : "not-erased");
  for (const name of (await attempt(() => caches.keys())) ?? []) if (name.startsWith(`${PLAIN}${BASE.href}:`)) await caches.delete(name);
};

const ask = (name) => find(`[data-ask=${name}]`)?.showModal();

// Something has changed: it rests where the answers are, until the parent takes that back. A store that refuses is told of,
// and it then rests in this tab, or at least on this page.
const rest = () => {
  const put = (store) => attempt(() => store.setItem(CHANGED, '{"format":1}')) !== null;
  const isKept = stores().every((store) => attempt(() => store.getItem(JOURNAL)) === null || put(store));
  if (!isKept) {
    isResting = true;
    attempt(() => put(sessionStorage));
  }
  marks();
  find("[data-rest-failed]").hidden = isKept;
  find("#rest .when-changed")?.focus();
};
const wake = () => {
  isResting = false;
  for (const store of stores()) attempt(() => store.removeItem(CHANGED));
  marks();
  if (root.hasAttribute("data-changed")) return false;
  location.assign(find("[data-action=wake]").dataset.to + location.hash);
};
