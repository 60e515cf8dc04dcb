// Saves everything that is stored to a backup file, and reads such a file (docs/backup.md).

// Returns all values by their keys, with the root's prefix. Where the app runs, they come from its journal, which may
// be in memory only. Elsewhere the journal's key in each store says which journal is open; a tab's own takes precedence
// over that of the device, which may be somebody else's.
const values = () => {
  const all = {};
  const live = attempt(() => JSON.parse(window.betweenUs.values()));
  for (let index = 0; index < live?.length; index += 2) all[live[index]] = live[index + 1];
  if (live) return all;
  const candidates = stores().map((store) => ({ store, head: attempt(() => JSON.parse(store.getItem(JOURNAL))) }));
  const withHead = candidates.filter(({ head }) => head?.format && !head.erasing);
  const open = withHead.pop() ?? candidates.find(({ store }) => keysOf(store).length);
  for (const { store, head } of candidates) {
    // A journal that is being moved between the stores, or that of a duplicated tab, is in both: the file contains both
    // versions.
    if (store !== open?.store && !(head?.id && head.id === open?.head?.id)) continue;
    for (const key of keysOf(store)) {
      const text = attempt(() => store.getItem(key));
      // Files use the root's prefix, so that any copy of the site can restore them.
      const name = key.slice(PREFIX.length);
      const isOther = key !== JOURNAL && ROOT_PREFIX + name in all && all[ROOT_PREFIX + name] !== text;
      all[ROOT_PREFIX + (isOther ? "new:" : "") + name] = text;
    }
  }
  return all;
};
// Returns the object of a stored text, so that people can read it in the file, if it is flat and serializes to the same
// text; otherwise the text.
const isPrimitive = (part) => Object(part) !== part;
const isFlat = (part) => isPrimitive(part) || (Array.isArray(part) && part.every(isPrimitive));
const readable = (text) =>
  attempt(() => {
    const object = JSON.parse(text);
    return object.format && Object.values(object).every(isFlat) && JSON.stringify(object) === text ? object : text;
  }) ?? text;
const save = () => {
  const all = values();
  if (!Object.keys(all).length) return ask("nothing");
  for (const key in all) all[key] = readable(all[key]);
  const file = attempt(() => JSON.stringify({ "between-us": "backup", format: __BACKUP_FORMAT__, values: all }, null, 1));
  download(file, "application/json", "between-us.json");
};
// Browsers do not report whether a download succeeded. Those inside other apps often ignore it, so there the page
// explains what to do.
const IN_APP = /; wv\)|FBAN|FBAV|Instagram|Line\/|MicroMessenger|iP(hone|ad|od)(?!.*Safari\/)/;
const download = (text, type, name) => {
  const link = document.createElement("a");
  const isStarted = attempt(() => {
    link.href = text && URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    return text;
  });
  if (!isStarted) return ask("no-file");
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  if (IN_APP.test(navigator.userAgent)) ask("own-browser");
};

// The largest backup file that is read, in bytes. The app gets `null` for a larger one.
const MAX_FILE_SIZE = __MAX_BACKUP_SIZE__;
// An editor may have saved the file as UTF-16; the first byte of its byte order mark says so.
const UTF_16 = { 254: "utf-16be", 255: "utf-16le" };
const readText = async (file) => {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return new TextDecoder(UTF_16[bytes[0]]).decode(bytes);
};
// Hands the text of a chosen file to the app, which parses it and asks before it restores anything.
addEventListener("change", async ({ target }) => {
  const file = target.matches("[data-action=restore]") && target.files[0];
  if (!file) return;
  const detail = file.size > MAX_FILE_SIZE ? null : await readText(file).catch(() => "");
  target.dispatchEvent(new CustomEvent("restore", { detail }));
  // Lets the same file be chosen again.
  target.value = "";
});
