// The way to this site for somebody else: the address alone, without anything that the parent has left here.
const passOn = async (button) => {
  const url = new URL(button.dataset.to, location.href);
  url.hash = url.search = "";
  const field = find("[data-pass-link]");
  field.value = url.href;
  // Closing the platform's share sheet is no error; where there is none, the address shows and is copied.
  if (navigator.share) return navigator.share({ url: url.href }).catch(() => {});
  const said = find("[data-pass-copied]");
  said.textContent = "";
  ask("pass-on");
  field.select();
  const told = () => (said.textContent = said.dataset.passCopied);
  await navigator.clipboard?.writeText(url.href).then(told, () => {});
};
