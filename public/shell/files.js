// Saving what is kept to a file, and reading one to put back.

// All that the person has, where it is kept or in memory: the app knows, where it runs. Elsewhere the heads in the stores say
// which journal is open; a tab's own comes before that of the device, which may be somebody else's.
const values = () => {
  const all = {};
  const live = attempt(() => JSON.parse(window.betweenUs.values()));
  for (let at = 0; at < live?.length; at += 2) all[live[at]] = live[at + 1];
  if (live) return all;
  const kept = stores().map((store) => ({ store, head: attempt(() => JSON.parse(store.getItem(JOURNAL))) }));
  const led = kept.filter(({ head }) => head?.format && !head.erasing);
  const own = led.pop() ?? kept.find(({ store }) => keysOf(store).length);
  for (const { store, head } of kept) {
    // A journal on its way from one store to the other, or that of a duplicated tab, is in both: a file holds both versions.
    if (store !== own?.store && !(head?.id && head.id === own?.head?.id)) continue;
    for (const key of keysOf(store)) {
      const text = attempt(() => store.getItem(key));
      // A file can be put back into any copy.
      const name = key.slice(PREFIX.length);
      const isOther = key !== JOURNAL && PLAIN + name in all && all[PLAIN + name] !== text;
      all[PLAIN + (isOther ? "new:" : "") + name] = text;
    }
  }
  return all;
};
// A flat object that comes back to the very same text stands there as one, so that people can read it.
const isPlain = (part) => Object(part) !== part;
const isFlat = (part) => isPlain(part) || (Array.isArray(part) && part.every(isPlain));
const shown = (text) =>
  attempt(() => {
    const object = JSON.parse(text);
    return object.format && Object.values(object).every(isFlat) && JSON.stringify(object) === text ? object : text;
  }) ?? text;
const save = () => {
  const all = values();
  if (!Object.keys(all).length) return ask("nothing");
  for (const key in all) all[key] = shown(all[key]);
  const file = attempt(() => JSON.stringify({ "between-us": "backup", format: 2, values: all }, null, 1));
  download(file, "application/json", "between-us.json");
};
// No browser tells whether a file came. Those inside other apps often give none, so there the page says what to do.
const IN_APP = /; wv\)|FBAN|FBAV|Instagram|Line\/|MicroMessenger|iP(hone|ad|od)(?!.*Safari\/)/;
const download = (text, type, name) => {
  const link = document.createElement("a");
  const isMade = attempt(() => {
    link.href = text && URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    return text;
  });
  if (!isMade) return ask("no-file");
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  if (IN_APP.test(navigator.userAgent)) ask("own-browser");
};

// A file to put back: its text goes to the app, which reads it and asks. None goes where it is far too long. An editor may have
// saved it in two bytes a letter, which its first byte tells.
const LONGEST = 50_000_000;
const WIDE = { 254: "utf-16be", 255: "utf-16le" };
const textOf = async (file) => {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return new TextDecoder(WIDE[bytes[0]]).decode(bytes);
};
addEventListener("change", async ({ target }) => {
  const file = target.matches("[data-action=restore]") && target.files[0];
  if (!file) return;
  const detail = file.size > LONGEST ? null : await textOf(file).catch(() => "");
  target.dispatchEvent(new CustomEvent("restore", { detail }));
  // The same file can be chosen once more.
  target.value = "";
});
