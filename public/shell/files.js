// Saving what is kept to a file, and reading one to put back.

// All that is kept; what the app has in memory only comes from the app.
const values = () => {
  const kept = {};
  for (const store of stores()) {
    // A file can be put back into any copy.
    for (const key of keysOf(store)) kept[PLAIN + key.slice(PREFIX.length)] = attempt(() => store.getItem(key));
  }
  const live = JSON.parse(attempt(() => window.betweenUs?.values()) ?? "[]");
  for (let at = 0; at < live.length; at += 2) kept[live[at]] = live[at + 1];
  return kept;
};
const save = () => {
  const all = values();
  if (!Object.keys(all).length) return ask("nothing");
  // An object that comes back to the very same text stands there as one, so that people can read it.
  const shown = (text) => {
    const object = attempt(() => JSON.parse(text));
    return object?.format && JSON.stringify(object) === text ? object : text;
  };
  for (const key in all) all[key] = shown(all[key]);
  const file = JSON.stringify({ "between-us": "backup", format: 2, values: all }, null, 1);
  download(file, "application/json", "between-us.json");
};
const download = (text, type, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

// A file to put back: its text goes to the app, which reads it and asks. None goes where it is far too long.
const LONGEST = 16_000_000;
addEventListener("change", async ({ target }) => {
  const file = target.matches("[data-action=restore]") && target.files[0];
  if (!file) return;
  const detail = file.size > LONGEST ? null : await file.text().catch(() => "");
  target.dispatchEvent(new CustomEvent("restore", { detail }));
  // The same file can be chosen once more.
  target.value = "";
});
