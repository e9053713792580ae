import { bannerEnglish } from "../elements/shared/words-consent.js";
import { settingsEnglish } from "../elements/shared/words-settings.js";
import { listEnglish, signinEnglish } from "../elements/shared/words-passkey.js";
import { english as oneTimeCode } from "../elements/shared/words-one-time-code.js";
import { english as passwordMeter } from "../elements/shared/words-password-meter.js";
import { english as paymentForm } from "../elements/shared/words-payment-form.js";
import type { Locale } from "../lib/locale.js";

export type { Locale } from "../lib/locale.js";

/** English: what the elements say by themselves, and where a translation starts. */
export const locale: Locale = Object.freeze({
  language: "en",
  reviewed: true,
  passwordMeter,
  passkeySignin: signinEnglish,
  passkeyList: listEnglish,
  oneTimeCode,
  paymentForm,
  consentBanner: bannerEnglish,
  privacySettings: settingsEnglish,
});
