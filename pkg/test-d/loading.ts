// A verb cannot be called before its capability is loaded, and what `load()` takes is what the documentation says.
import { load as loadConsent, type Consent } from "storefront-privacy/consent";
import { load as loadInline } from "storefront-privacy/password/inline";
import { load as loadPasskey, isSupported, type Passkey } from "storefront-privacy/passkey";
import * as passwords from "storefront-privacy/password";
import { load as loadFallback, type PasskeyFallback } from "storefront-privacy/passkey-fallback";
import { load as loadPayment, type Payment } from "storefront-privacy/payment";
import { holds, type Same } from "./same.js";

holds<Same<ReturnType<typeof loadPayment>, Promise<Payment>>>();
holds<Same<ReturnType<typeof loadPasskey>, Promise<Passkey>>>();
holds<Same<ReturnType<typeof loadFallback>, Promise<PasskeyFallback>>>();
holds<Same<ReturnType<typeof loadConsent>, Promise<Consent>>>();
holds<Same<ReturnType<typeof passwords.load>, ReturnType<typeof loadInline>>>();
holds<Same<ReturnType<typeof isSupported>, boolean>>();

// @ts-expect-error the verbs belong to what `load()` resolves with
void passwords.estimate("secret");
// @ts-expect-error a promise of the verbs has none itself
void loadPayment().seal;

void loadPayment("/payment.wasm");
void loadPayment(new URL("https://shop.example/payment.wasm"));
void loadPayment(new Uint8Array());
void loadPayment(fetch("/payment.wasm"));
void WebAssembly.compileStreaming(fetch("/payment.wasm")).then((module) => loadPayment(module));
void loadPayment({ source: new WebAssembly.Module(new Uint8Array()) });
void loadPayment({ source: "/payment.wasm", signal: new AbortController().signal });
void passwords.load({ worker: "/worker/password.js" });
// @ts-expect-error a number is no source
void loadPayment(1);
// @ts-expect-error there is no such option
void loadPayment({ wasm: "/payment.wasm" });
// @ts-expect-error only the password capability has a worker
void loadPayment({ worker: "/worker/password.js" });
