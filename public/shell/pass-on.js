// The way to this site for somebody else: the address alone, without anything that the parent has left here.
const passOn = async (button) => {
  const url = new URL(button.dataset.to, location.href);
  url.hash = url.search = "";
  const field = find("[data-pass-link]");
  field.value = url.href;
  // Closing the platform's share sheet is no error; where there is none, or it is refused, the address shows and is copied.
  try {
    return await navigator.share({ url: url.href });
  } catch (error) {
    if (isLeft || error.name === "AbortError") return;
  }
  const said = find("[data-pass-copied]");
  said.textContent = "";
  ask("pass-on");
  field.select();
  try {
    await navigator.clipboard.writeText(url.href);
    said.textContent = said.dataset.passCopied;
  } catch {
    // The address is selected, to be copied by hand.
  }
};
