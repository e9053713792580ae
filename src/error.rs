//! The one error type, and the one list of codes.

use std::borrow::Cow;
use std::fmt;

#[cfg(all(feature = "web", target_arch = "wasm32"))]
mod web;

/// What went wrong: a stable [`Code`] for programs and a message for developers.
///
/// A message says what was expected, what was found and where. It never holds a password, a card number or a
/// key, so that an error may be logged.
///
/// # Example
///
/// ```
/// use storefront_privacy::{Code, Error};
///
/// let error = Error::new(Code::InputTooLong, "expected at most 256 code points, found 300");
/// assert_eq!(error.code(), "input.too-long");
/// assert_eq!(error.to_string(), "expected at most 256 code points, found 300");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    code: Code,
    name: &'static str,
    message: Cow<'static, str>,
}

impl Error {
    /// An error with this code and message.
    #[inline(always)]
    #[allow(
        clippy::inline_always,
        reason = "a module then holds the names of the codes that it gives, not of all"
    )]
    pub fn new(code: Code, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code, name: code.as_str(), message: message.into() }
    }

    /// The stable machine-readable code, `area.reason-words`.
    pub fn code(&self) -> &'static str {
        self.name
    }

    /// The same code as a value to match on.
    pub fn kind(&self) -> Code {
        self.code
    }

    /// What was expected, what was found, and where.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The same message under another code: a capability names its own failure where the ground floor could
    /// only say that the input was invalid.
    #[must_use]
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "as above")]
    pub fn with_code(self, code: Code) -> Self {
        Self { code, name: code.as_str(), ..self }
    }

    /// The same code with another message, which says more of where.
    #[must_use]
    pub fn with_message(self, message: impl Into<Cow<'static, str>>) -> Self {
        Self { message: message.into(), ..self }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

macro_rules! codes {
    ($($(#[$documentation:meta])* $name:ident = $text:literal,)*) => {
        /// Every code an [`Error`] can carry, those that only a page raises included: the TypeScript union
        /// `PrivacyErrorCode` is this list.
        ///
        /// # Example
        ///
        /// ```
        /// use storefront_privacy::Code;
        ///
        /// assert_eq!(Code::PasswordTooShort.as_str(), "password.too-short");
        /// assert_eq!(Code::parse("password.too-short"), Some(Code::PasswordTooShort));
        /// assert!(Code::ALL.contains(&Code::PasswordTooShort));
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[$documentation])* $name,)*
        }

        impl Code {
            /// All of them, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code as it is sent, stored and shown.
            #[inline(always)]
            #[allow(clippy::inline_always, reason = "what is known when it is compiled takes no table of all names")]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

codes! {
    /// The page's content security policy refused the module.
    LoadBlocked = "load.blocked",
    /// The module is not where it was looked for.
    LoadMissing = "load.missing",
    /// The module was served as something else than `application/wasm`.
    LoadMime = "load.mime",
    /// The module's bytes are damaged or incomplete.
    LoadCorrupt = "load.corrupt",
    /// The module was not ready in time.
    LoadTimeout = "load.timeout",
    /// The module is loaded already, from another source.
    LoadConflict = "load.conflict",
    /// The module trapped; its memory was overwritten and the next load starts afresh.
    ModuleTrapped = "module.trapped",
    /// The page may not start the worker.
    WorkerRefused = "worker.refused",
    /// The worker did not answer within its deadline, and was ended.
    WorkerLate = "worker.late",
    /// The browser refused to store or to read.
    StorageRefused = "storage.refused",
    /// What is stored is not what was stored by this package.
    StorageCorrupt = "storage.corrupt",
    /// The browser is below the floor of this capability.
    BrowserUnsupported = "browser.unsupported",
    /// A request got no answer.
    NetworkFailed = "network.failed",
    /// The consent gate is not on the page.
    GateMissing = "gate.missing",
    /// An input is longer than is accepted.
    InputTooLong = "input.too-long",
    /// An input is not of the expected form.
    InputInvalid = "input.invalid",
    /// There is no password.
    PasswordEmpty = "password.empty",
    /// The password has fewer characters than the policy asks for.
    PasswordTooShort = "password.too-short",
    /// The password has more characters than the policy allows.
    PasswordTooLong = "password.too-long",
    /// The password is among the most commonly used ones.
    PasswordCommon = "password.common",
    /// The password is the visitor's name, e-mail address or the shop's name, or follows from one of them.
    PasswordContext = "password.context",
    /// The password lacks a kind of character that the shop's own policy asks for.
    PasswordClassMissing = "password.class-missing",
    /// The password repeats a character more often than the shop's own policy allows.
    PasswordRepeats = "password.repeats",
    /// The password is older than the shop's own policy allows.
    PasswordExpired = "password.expired",
    /// A password policy is not possible.
    PasswordPolicyInvalid = "password.policy-invalid",
    /// A `passwordrules` text is not of the expected form.
    PasswordRulesInvalid = "password.rules-invalid",
    /// The system gave no random numbers to make a password from.
    PasswordRandomMissing = "password.random-missing",
    /// The server's passkey options are not usable.
    PasskeyOptionsInvalid = "passkey.options-invalid",
    /// The server's passkey options are too old to be answered.
    PasskeyOptionsExpired = "passkey.options-expired",
    /// The authenticator's answer is not of the expected form.
    PasskeyResponseInvalid = "passkey.response-invalid",
    /// The visitor closed the passkey dialogue.
    PasskeyCancelled = "passkey.cancelled",
    /// The passkey dialogue timed out.
    PasskeyTimeout = "passkey.timeout",
    /// This authenticator holds a passkey for the account already.
    PasskeyAlreadyRegistered = "passkey.already-registered",
    /// The browser does not allow passkeys here.
    PasskeyNotAllowed = "passkey.not-allowed",
    /// The authenticator cannot do what the options ask for.
    PasskeyNotSupported = "passkey.not-supported",
    /// The authenticator, or the browser, has no PRF: no key comes from this passkey.
    PasskeyPrfUnsupported = "passkey.prf-unsupported",
    /// The passkey has PRF, and computes at the next sign-in with it, not at this ceremony.
    PasskeyPrfPending = "passkey.prf-pending",
    /// The relying party is not this site.
    PasskeyRpMismatch = "passkey.rp-mismatch",
    /// Another passkey ceremony is under way.
    PasskeyBusy = "passkey.busy",
    /// The caller aborted the passkey ceremony.
    PasskeyAborted = "passkey.aborted",
    /// The server refused the authenticator's answer.
    PasskeyServerRefused = "passkey.server-refused",
    /// The page is not in a secure context: passkeys need HTTPS.
    PasskeyInsecure = "passkey.insecure-context",
    /// The page's, or its frame's, permissions policy keeps passkeys out.
    PasskeyPolicyBlocked = "passkey.policy-blocked",
    /// The browser wants a click or a key press first.
    PasskeyActivationNeeded = "passkey.activation-needed",
    /// The page was hidden or had no focus.
    PasskeyPageInactive = "passkey.page-inactive",
    /// The browser has no passkey of this site at hand.
    PasskeyNoneHere = "passkey.none-here",
    /// The browser has no ceremony of this kind: autofill, silent or immediate.
    PasskeyModeUnsupported = "passkey.mode-unsupported",
    /// The authenticator has none of the algorithms that the options list.
    PasskeyAlgorithmUnsupported = "passkey.algorithm-unsupported",
    /// The authenticator cannot keep a passkey, or cannot verify the visitor.
    PasskeyAuthenticatorUnfit = "passkey.authenticator-unfit",
    /// The authenticator, or the platform before it, failed.
    PasskeyAuthenticatorFailed = "passkey.authenticator-failed",
    /// Something before the browser, such as an extension, did not end the ceremony when it was told to.
    PasskeyUnresponsive = "passkey.unresponsive",
    /// The server knows no such passkey.
    PasskeyCredentialUnknown = "passkey.credential-unknown",
    /// The challenge was not made for the order that the page shows.
    PasskeyOrderMismatch = "passkey.order-mismatch",
    /// The browser has no Secure Payment Confirmation.
    PasskeyPaymentUnsupported = "passkey.payment-unsupported",
    /// The secret of one-time codes is not base32, or shorter than RFC 4226 allows.
    OtpSecretInvalid = "otp.secret-invalid",
    /// An `otpauth:` link is not of the expected form.
    OtpLinkInvalid = "otp.link-invalid",
    /// A one-time code is not of the expected form.
    OtpCodeInvalid = "otp.code-invalid",
    /// The server refused a one-time code.
    OtpCodeRefused = "otp.code-refused",
    /// The system gave no random numbers to make a secret from.
    OtpRandomMissing = "otp.random-missing",
    /// A recovery code is not of the expected form.
    RecoveryCodeInvalid = "recovery.code-invalid",
    /// What is stored of recovery codes is not of the expected form.
    RecoveryHashesInvalid = "recovery.hashes-invalid",
    /// The browser keeps no key to sign requests with.
    DpopKeyUnavailable = "dpop.key-unavailable",
    /// A `DPoP` proof is not of the expected form, or was made for something else.
    DpopProofInvalid = "dpop.proof-invalid",
    /// The card number is not one.
    PaymentNumberInvalid = "payment.number-invalid",
    /// The card number lacks digits.
    PaymentNumberIncomplete = "payment.number-incomplete",
    /// The shop does not take cards of this brand.
    PaymentBrandNotAccepted = "payment.brand-not-accepted",
    /// The expiry date is not one.
    PaymentExpiryInvalid = "payment.expiry-invalid",
    /// The card has expired.
    PaymentExpiryPast = "payment.expiry-past",
    /// The security code is not of the length that the brand uses.
    PaymentCodeInvalid = "payment.code-invalid",
    /// The name on the card is missing or too long.
    PaymentNameInvalid = "payment.name-invalid",
    /// The processor's key is not usable.
    PaymentKeyInvalid = "payment.key-invalid",
    /// The processor's key is for an algorithm that is not implemented.
    PaymentKeyUnsupported = "payment.key-unsupported",
    /// The processor's key could not be fetched.
    PaymentKeyUnreachable = "payment.key-unreachable",
    /// The keys are signed by none of the roots that the page trusts.
    PaymentKeyUnsigned = "payment.key-unsigned",
    /// The signed keys, or every key among them, are out of date, or not in force yet.
    PaymentKeyExpired = "payment.key-expired",
    /// The signed keys are older than ones that were seen before.
    PaymentKeyReplaced = "payment.key-replaced",
    /// The signed keys are for another merchant or another origin.
    PaymentKeyMismatch = "payment.key-mismatch",
    /// The key is too small to be safe.
    PaymentKeyWeak = "payment.key-weak",
    /// There are no roots to trust, or not the ones that were pinned first.
    PaymentRootsRefused = "payment.roots-refused",
    /// The card could not be sealed.
    PaymentSealFailed = "payment.seal-failed",
    /// The envelope cannot be opened.
    PaymentEnvelopeInvalid = "payment.envelope-invalid",
    /// The envelope is too old.
    PaymentEnvelopeExpired = "payment.envelope-expired",
    /// The envelope was opened before.
    PaymentEnvelopeReplayed = "payment.envelope-replayed",
    /// The envelope was sealed for another order, merchant or origin.
    PaymentOrderMismatch = "payment.order-mismatch",
    /// The policy file has problems.
    ConsentPolicyInvalid = "consent.policy-invalid",
    /// A decision is not of the expected form.
    ConsentDecisionInvalid = "consent.decision-invalid",
    /// A consent record is not of the expected form.
    ConsentRecordInvalid = "consent.record-invalid",
    /// The server did not take the consent record.
    ConsentRecordRefused = "consent.record-refused",
    /// A receipt of consent is not of the expected form, or its signature does not fit.
    ConsentReceiptInvalid = "consent.receipt-invalid",
    /// The server did not take a request about a shopper's data.
    ConsentRequestRefused = "consent.request-refused",
    /// A signal's string (TCF, GPP, US privacy) is not of the expected form.
    SignalInvalid = "signal.invalid",
    /// A signal's string is of a version that is not known here.
    SignalVersion = "signal.version",
    /// A signal's string is longer than is accepted.
    SignalTooLong = "signal.too-long",
    /// There is no registered CMP id, without which no TC string may be written.
    TcfCmpMissing = "tcf.cmp-missing",
    /// The global vendor list is not of the expected form.
    VendorListInvalid = "vendor-list.invalid",
    /// The global vendor list is of another specification version.
    VendorListVersion = "vendor-list.version",
    /// The global vendor list is larger than is accepted.
    VendorListTooLong = "vendor-list.too-long",
}

impl Code {
    /// The code of this text, if it is one.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
