// Shares the address of this site with somebody else, without anything that the parent has entered.
const shareSite = async (button) => {
  const url = new URL(button.dataset.to, location.href);
  url.hash = url.search = "";
  const field = find("[data-pass-link]");
  field.value = url.href;
  // Closing the platform's share sheet is not an error. If there is none, or it is refused, the address is shown and
  // copied.
  try {
    return await navigator.share({ url: url.href });
  } catch (error) {
    if (isLeft || error.name === "AbortError") return;
  }
  const status = find("[data-pass-copied]");
  status.textContent = "";
  ask("pass-on");
  field.select();
  try {
    await navigator.clipboard.writeText(url.href);
    status.textContent = status.dataset.passCopied;
  } catch {
    // The address is selected, to be copied by hand.
  }
};
