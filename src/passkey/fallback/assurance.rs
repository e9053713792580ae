//! What each way to sign in is worth, to be said where it is offered.
//!
//! The levels are those of NIST SP 800-63B-4 for a single sign-in by this way alone. They describe a way, not a service: what an
//! account is worth is decided by the weakest way into it, recovery included.

/// A way to sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// A passkey with user verification.
    Passkey,
    /// A password alone.
    Password,
    /// A code from an authenticator app, after a password.
    Totp,
    /// A code by e-mail.
    EmailCode,
    /// A code by text message, after a password.
    SmsCode,
    /// A recovery code from paper.
    RecoveryCode,
}

/// What a way to sign in is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assurance {
    /// Whether a site that looks like the shop's gets nothing that it could use (SP 800-63B-4 §3.2.5).
    pub phishing_resistant: bool,
    /// The authenticator assurance level that this way can reach: 2, 1, or 0 where the guideline does not count it as an
    /// authenticator at all.
    pub aal: u8,
}

impl Method {
    /// All of them, the strongest first.
    pub const ALL: [Self; 6] =
        [Self::Passkey, Self::Totp, Self::SmsCode, Self::Password, Self::RecoveryCode, Self::EmailCode];

    /// The name in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Passkey => "passkey",
            Self::Password => "password",
            Self::Totp => "totp",
            Self::EmailCode => "email-code",
            Self::SmsCode => "sms-code",
            Self::RecoveryCode => "recovery-code",
        }
    }

    /// What it is worth.
    ///
    /// # Example
    ///
    /// ```
    /// use storefront_privacy::passkey::fallback::assurance::Method;
    ///
    /// assert!(Method::ALL.iter().all(|way| way.assurance().phishing_resistant == (*way == Method::Passkey)));
    /// ```
    pub const fn assurance(self) -> Assurance {
        let (phishing_resistant, aal) = match self {
            // Syncable authenticators reach AAL2 and never AAL3 (appendix B).
            Self::Passkey => (true, 2),
            // Two factors together; text messages are restricted (§3.2.9).
            Self::Totp | Self::SmsCode => (false, 2),
            Self::Password | Self::RecoveryCode => (false, 1),
            // E-mail is no out-of-band authenticator (§3.1.3.1); it is a way to recover an account (§4.2).
            Self::EmailCode => (false, 0),
        };
        Assurance { phishing_resistant, aal }
    }
}
