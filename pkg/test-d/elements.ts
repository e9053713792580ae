// Elements are known by their tags, and their events by their names.
import { ConsentBannerElement } from "storefront-privacy/elements/consent-banner";
import "storefront-privacy/elements/passkey-list";
import "storefront-privacy/elements/passkey-signin";
import { PasswordMeterElement } from "storefront-privacy/elements/password-meter";
import { PaymentFormElement, type PaymentFormWords } from "storefront-privacy/elements/payment-form";
import "storefront-privacy/elements/privacy-settings";
import { locale, type Locale } from "storefront-privacy/locales/en";
import { holds, type Same } from "./same.js";

holds<Same<HTMLElementTagNameMap["sp-consent-banner"], ConsentBannerElement>>();
holds<Same<HTMLElementTagNameMap["sp-password-meter"], PasswordMeterElement>>();
holds<Same<HTMLElementTagNameMap["sp-payment-form"], PaymentFormElement>>();
holds<Same<Locale["paymentForm"], PaymentFormWords>>();
holds<Same<Extract<keyof HTMLElementTagNameMap, `sp-${string}`>, "sp-consent-banner" | "sp-passkey-list" | "sp-passkey-signin" | "sp-password-meter" | "sp-payment-form" | "sp-privacy-settings">>();

const meter = document.createElement("sp-password-meter");
holds<Same<typeof meter, PasswordMeterElement>>();
meter.addEventListener("sp-step", (event) => {
  const { capability, step, duration } = event.detail;
  if (capability === "password") holds<Same<typeof step, "load" | "estimate">>();
  // @ts-expect-error no step lasts this long
  if (duration === "<1h") return;
});
document.createElement("sp-payment-form").words = locale.paymentForm;
