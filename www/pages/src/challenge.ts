// The bank's frame tells that its customer has answered, and nothing more: what came of it the shop asks the processor.
const bank = document.querySelector<HTMLIFrameElement>("#bank");
const confirmed = document.querySelector<HTMLFormElement>("#confirmed");
if (bank !== null && confirmed !== null) {
  const { origin } = new URL(bank.src);
  addEventListener("message", (event) => {
    if (event.source !== bank.contentWindow || event.origin !== origin || event.data !== "storefront-challenge-answered") return;
    confirmed.requestSubmit();
  });
}

export {};
