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
  ask("erased");
  for (const name of (await attempt(() => caches.keys())) ?? []) if (name.startsWith(`${PLAIN}${BASE.href}:`)) await caches.delete(name);
};

const ask = (name) => find(`[data-ask=${name}]`)?.showModal();

// Something has changed: it rests where the answers are, until the parent takes that back.
const rest = () => {
  for (const store of stores()) {
    if (attempt(() => store.getItem(JOURNAL))) attempt(() => store.setItem(CHANGED, '{"format":1}'));
  }
  marks();
  find("#rest .when-changed")?.focus();
};
const wake = () => {
  for (const store of stores()) attempt(() => store.removeItem(CHANGED));
  location.assign(find("[data-action=wake]").dataset.to + location.hash);
};
