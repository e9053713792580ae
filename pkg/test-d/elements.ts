// Elements are known by their tags, and their events by their names.
import { ConsentBannerElement } from "storefront-privacy/elements/consent-banner";
import { OneTimeCodeElement } from "storefront-privacy/elements/one-time-code";
import "storefront-privacy/elements/held-content";
import "storefront-privacy/elements/passkey-list";
import "storefront-privacy/elements/passkey-signin";
import { PasswordFieldElement } from "storefront-privacy/elements/password-field";
import { PasswordMeterElement } from "storefront-privacy/elements/password-meter";
import { PaymentFormElement, type PaymentFormWords } from "storefront-privacy/elements/payment-form";
import "storefront-privacy/elements/privacy-settings";
import { locale, type Locale } from "storefront-privacy/locales/en";
import { holds, type Same } from "./same.js";

holds<Same<HTMLElementTagNameMap["sp-consent-banner"], ConsentBannerElement>>();
holds<Same<HTMLElementTagNameMap["sp-one-time-code"], OneTimeCodeElement>>();
holds<Same<HTMLElementTagNameMap["sp-password-field"], PasswordFieldElement>>();
holds<Same<HTMLElementTagNameMap["sp-password-meter"], PasswordMeterElement>>();
holds<Same<HTMLElementTagNameMap["sp-payment-form"], PaymentFormElement>>();
holds<Same<Locale["paymentForm"], PaymentFormWords>>();
holds<Same<Extract<keyof HTMLElementTagNameMap, `sp-${string}`>, "sp-consent-banner" | "sp-held-content" | "sp-one-time-code" | "sp-passkey-list" | "sp-passkey-signin" | "sp-password-field" | "sp-password-meter" | "sp-payment-form" | "sp-privacy-settings">>();

const meter = document.createElement("sp-password-meter");
holds<Same<typeof meter, PasswordMeterElement>>();
meter.addEventListener("sp-step", (event) => {
  const { capability, step, duration } = event.detail;
  if (capability === "password") holds<Same<typeof step, "load" | "estimate">>();
  // @ts-expect-error no step lasts this long
  if (duration === "<1h") return;
});
document.createElement("sp-payment-form").words = locale.paymentForm;
document.addEventListener("sp-password-breach", ({ detail }) => void holds<Same<typeof detail.result, "found" | "clear" | "unchecked">>());
const field = document.createElement("sp-password-field");
field.policy = { id: "shop", minLength: 12, require: ["digit"] };
field.words = { field: { reveal: "Show" } };
// @ts-expect-error no standard is called so
field.policy = "nist";
document.addEventListener("sp-code-complete", ({ detail }) => void holds<Same<typeof detail.from, "keyboard" | "paste" | "message">>());
document.addEventListener("sp-code-time", ({ detail }) => void holds<Same<typeof detail.change, "warning" | "over" | "extended" | "sent">>());
const code = document.createElement("sp-one-time-code");
holds<Same<typeof code.view, "code" | "enrol" | "recovery">>();
code.words = { resend: "Send one more" };
// @ts-expect-error there is no such text
code.words = { again: "Again" };
