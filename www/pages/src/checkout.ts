import "storefront-privacy/elements/payment-form";
import { offerConfirmation } from "./confirm.ts";

import { pin } from "storefront-privacy/payment";

import { integrity, roots } from "./payment-keys.js";

// The roots are this bundle's: what the server hands out later is trusted only with their signature.
pin({ integrity, roots });

// The button is locked in the markup as the card fields are: it works once the card can be sealed.
const form = document.querySelector("sp-payment-form");
const pay = document.querySelector<HTMLButtonElement>("#pay");
if (form !== null && pay !== null) {
  const follow = (): void => {
    pay.disabled = form.getAttribute("state") !== "ready";
  };
  follow();
  new MutationObserver(follow).observe(form, { attributeFilter: ["state"] });
}

offerConfirmation().catch(() => undefined);
