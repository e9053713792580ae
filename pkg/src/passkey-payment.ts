/*
 * Secure Payment Confirmation (W3C CR): a passkey that signs a payment, in a dialogue of the browser's own that shows payee and amount.
 * Few browsers have it: ask `paymentConfirmation()` first, and fall back to a step-up for the order.
 */
import { PrivacyError } from "./lib/error.js";
import type { Capable } from "./lib/webauthn/capabilities.js";
import { runCeremony } from "./lib/webauthn/ceremony.js";
import { parseRequestOptions } from "./lib/webauthn/codec.js";
import { load } from "./passkey.js";

export { isPrivacyError, PrivacyError, type PrivacyErrorCode } from "./lib/error.js";

/** What the shopper is shown and signs. */
export interface PaymentToConfirm {
  /** In the currency's minor unit. */
  readonly amount: number;
  /** ISO 4217, three capital letters. */
  readonly currency: string;
  /** Who is paid, as shoppers know them. */
  readonly payeeName: string;
  /** The payee's origin; this page's where left out. */
  readonly payeeOrigin?: string | undefined;
  /** What is paid with: its name, and the address of its picture. */
  readonly instrument: { readonly displayName: string; readonly icon: string };
  /** The language of the dialogue, likeliest first. */
  readonly locale?: readonly string[] | undefined;
}

interface Available {
  securePaymentConfirmationAvailability?(): Promise<string>;
}

/** Whether the browser can show the dialogue here. */
export async function paymentConfirmation(): Promise<Capable> {
  const request = (globalThis as { PaymentRequest?: Available }).PaymentRequest;
  if (!request) return "no";
  try {
    const told = await request.securePaymentConfirmationAvailability?.();
    return told === undefined ? "unknown" : told === "available" ? "yes" : "no";
  } catch {
    return "unknown";
  }
}

/**
 * Has a passkey sign a payment. `options` is what the server sent: request options as JSON that name the credentials, which were registered
 * with the extension `payment: { isPayment: true }`. Resolves with what the server verifies; its client data is of the type `payment.get`.
 *
 * Rejects with `passkey.payment-unsupported` where the browser has no such dialogue, and otherwise as a sign-in does.
 */
export async function confirmPayment(options: object, payment: PaymentToConfirm, how: { readonly signal?: AbortSignal } = {}): Promise<AuthenticationResponseJSON> {
  const passkey = await load();
  const { challenge, rpId, allowCredentials = [], timeout } = parseRequestOptions(passkey.requestOptions(options));
  if ((await paymentConfirmation()) !== "yes") throw new PrivacyError("passkey.payment-unsupported", "expected a browser with Secure Payment Confirmation");
  if (allowCredentials.length === 0) throw new PrivacyError("passkey.options-invalid", "expected allowCredentials: a payment names its credentials");
  const data = {
    challenge,
    rpId: rpId ?? location.hostname,
    credentialIds: allowCredentials.map(({ id }) => id),
    instrument: payment.instrument,
    payeeName: payment.payeeName,
    payeeOrigin: payment.payeeOrigin ?? location.origin,
    ...(timeout !== undefined && { timeout }),
    ...(payment.locale && { locale: payment.locale }),
  };
  const total = { label: payment.payeeName, amount: { currency: payment.currency, value: decimal(payment) } };
  let completed: PaymentResponse | undefined;
  const credential = await runCeremony({
    ceremony: "get",
    signal: how.signal,
    timeout,
    async ask(signal) {
      const request = new PaymentRequest([{ supportedMethods: "secure-payment-confirmation", data }], { total });
      signal.addEventListener("abort", () => void request.abort().catch(() => undefined), { once: true });
      completed = await request.show();
      return completed.details as Credential;
    },
  });
  const response = passkey.authenticationResponse(credential);
  await completed?.complete("success");
  return response;
}

/** An amount as payment requests write it: the point where the currency has it. */
function decimal({ amount, currency }: PaymentToConfirm): string {
  const digits = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  const text = String(amount).padStart(digits + 1, "0");
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
