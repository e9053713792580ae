import { PrivacyError } from "../../lib/error.js";
import type { Order } from "../../verbs/payment.js";

/** The order that the element's attributes name. */
export function orderOf(element: Element): Order {
  return {
    id: element.getAttribute("order") ?? "",
    amount: readAmount(element.getAttribute("amount")),
    currency: element.getAttribute("currency") ?? "",
  };
}

/** Submits the form as where Enter is pressed in a field of the page (HTML, "implicit submission"). */
export function submitByEnter(form: HTMLFormElement | null): void {
  const button = [...(form?.elements ?? [])].find(isSubmitter);
  if (button === undefined) form?.requestSubmit();
  else if (!button.matches(":disabled")) form?.requestSubmit(button);
}

function isSubmitter(element: Element): element is HTMLButtonElement | HTMLInputElement {
  return (element instanceof HTMLButtonElement || element instanceof HTMLInputElement) && element.type === "submit";
}

function readAmount(text: string | null): bigint {
  if (text === null || !/^\d{1,15}$/.test(text)) throw new PrivacyError("input.invalid", "expected the amount in minor units, a whole number");
  return BigInt(text);
}
