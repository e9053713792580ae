import type { ConsentBannerWords, PrivacySettingsWords } from "../elements/shared/words-consent.js";
import type { OneTimeCodeWords } from "../elements/shared/words-one-time-code.js";
import type { PasskeyListWords, PasskeySigninWords } from "../elements/shared/words-passkey.js";
import type { PasswordMeterWords } from "../elements/shared/words-password-meter.js";
import type { PaymentFormWords } from "../elements/shared/words-payment-form.js";

/** The words of every element in one language: give each element its own, as `element.words = locale.paymentForm`. */
export interface Locale {
  /** The language, as a BCP 47 tag. */
  readonly language: string;
  /** Whether someone who speaks it has read and approved all of them. */
  readonly reviewed: boolean;
  /** For `<sp-password-meter>`. */
  readonly passwordMeter: PasswordMeterWords;
  /** For `<sp-passkey-signin>`. */
  readonly passkeySignin: PasskeySigninWords;
  /** For `<sp-passkey-list>`. */
  readonly passkeyList: PasskeyListWords;
  /** For `<sp-one-time-code>`. */
  readonly oneTimeCode: OneTimeCodeWords;
  /** For `<sp-payment-form>`. */
  readonly paymentForm: PaymentFormWords;
  /** For `<sp-consent-banner>`. */
  readonly consentBanner: ConsentBannerWords;
  /** For `<sp-privacy-settings>`. */
  readonly privacySettings: PrivacySettingsWords;
}
