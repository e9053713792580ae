//! `otpauth:` links.

use storefront_privacy::passkey::fallback::link::{self, Link};
use storefront_privacy::passkey::fallback::otp::{Algorithm, Hotp, Secret, Totp};

use crate::generate::{Source, cases};

const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

fn refusal(text: &str) -> (&'static str, String) {
    let error = link::read(text).err().unwrap_or_else(|| panic!("{text} was read"));
    (error.code(), error.to_string())
}

#[test]
fn what_is_usual_is_not_spelled_out_and_what_is_not_is() {
    let secret = Secret::parse(SECRET).unwrap();
    let totp = Totp::new(secret.clone()).with(Algorithm::Sha512, 8, 60).unwrap();
    assert_eq!(
        link::write(&Link::Totp(totp), "Shop", "ada").unwrap(),
        format!("otpauth://totp/Shop:ada?secret={SECRET}&issuer=Shop&algorithm=SHA512&digits=8&period=60")
    );
    assert_eq!(
        link::write(&Link::Hotp(Hotp::new(secret), 7), "Shöp", "ada").unwrap(),
        format!("otpauth://hotp/Sh%C3%B6p:ada?secret={SECRET}&issuer=Sh%C3%B6p&counter=7")
    );
}

#[test]
fn links_of_other_issuers_are_read() {
    for (label, query, issuer, account) in [
        ("Shop:ada%40example.com", "&issuer=Shop", "Shop", "ada@example.com"),
        ("Shop%3Aada", "", "Shop", "ada"),
        ("Shop:%20ada", "&issuer=The+Shop&image=https%3A%2F%2Fshop.example%2Flogo.png", "The Shop", "ada"),
        ("ada", "&DIGITS=6&Period=30&algorithm=sha-1", "", "ada"),
        ("", "", "", ""),
    ] {
        let parsed = link::read(&format!("OTPAUTH://TOTP/{label}?secret={SECRET}{query}#top")).unwrap();
        assert_eq!((parsed.issuer.as_str(), parsed.account.as_str()), (issuer, account), "{label} {query}");
        let Link::Totp(totp) = parsed.link else { panic!() };
        assert_eq!((totp.algorithm(), totp.digits(), totp.period()), (Algorithm::Sha1, 6, 30));
    }
}

#[test]
fn a_link_that_enrols_nothing_is_refused_without_repeating_it() {
    let link = |rest: &str| refusal(&format!("otpauth://totp/Shop:ada?secret={SECRET}{rest}"));
    assert_eq!(refusal("https://shop.example/?secret=A").1, "otpauth: expected otpauth://");
    assert_eq!(refusal("otpauth://totp/ada").1, "otpauth: expected a secret");
    assert_eq!(refusal("otpauth://totp?secret=A").1, "otpauth: expected a label");
    assert_eq!(refusal("otpauth://totp/ada?issuer=Shop").1, "otpauth: expected a secret");
    assert_eq!(refusal("otpauth://totp/ada?secret=A").0, "otp.secret-invalid");
    assert_eq!(refusal(&format!("otpauth://yaotp/ada?secret={SECRET}")).1, "otpauth: expected totp or hotp");
    assert_eq!(refusal(&format!("otpauth://hotp/ada?secret={SECRET}")).1, "otpauth: expected a counter");
    assert_eq!(link(&format!("&secret={SECRET}")).1, "otpauth: expected each parameter once");
    assert_eq!(link("&algorithm=MD5").1, "otpauth: expected SHA1, SHA256 or SHA512");
    assert_eq!(link("&digits=six").1, "otpauth: expected a number for digits");
    assert_eq!(link("&digits=12"), ("otp.link-invalid", "code: expected 6 to 8 digits, found 12".into()));
    assert_eq!(link("&period=0").0, "otp.link-invalid");
    assert_eq!(link("&issuer=%zz").1, "otpauth: expected two hexadecimal digits after %");
    assert_eq!(link("&issuer=%ff").1, "otpauth: expected UTF-8");
    assert_eq!(link("&issuer=%0a").1, "otpauth: expected no control characters");
    assert_eq!(link(&"&a".repeat(1024)).0, "input.too-long");
}

#[test]
fn names_that_would_be_read_otherwise_are_refused() {
    let link = || Link::Totp(Totp::new(Secret::parse(SECRET).unwrap()));
    for (issuer, account) in
        [("", "ada"), ("Shop", " "), ("Sh:op", "ada"), ("Shop", "a:da"), ("Shop", "ada\n")]
    {
        assert_eq!(link::write(&link(), issuer, account).unwrap_err().code(), "otp.link-invalid");
    }
    assert_eq!(link::write(&link(), &"é".repeat(200), "ada").unwrap_err().code(), "input.too-long");
}

#[test]
fn any_link_comes_back_and_any_text_is_read_or_refused() {
    let mut source = Source::new(42);
    let names = "aZ09 _-./\\\"'<>&=?#%+éßİ漢😀\u{301}\u{200f}";
    for _ in 0..cases(5_000) {
        let bytes: Vec<u8> =
            (0..16 + source.below(48)).map(|_| source.bytes(1).first().copied().unwrap_or(1)).collect();
        let algorithm = source.pick(&[Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha512]);
        let digits = 6 + u32::try_from(source.below(3)).unwrap();
        let secret = Secret::from_bytes(&bytes).unwrap();
        let link = if source.once_in(2) {
            Link::Totp(Totp::new(secret).with(algorithm, digits, source.pick(&[10, 30, 60, 300])).unwrap())
        } else {
            Link::Hotp(Hotp::new(secret).with(algorithm, digits).unwrap(), source.next())
        };
        let (issuer, account) =
            (format!("I{}I", source.text_of(names, 30)), format!("a{}a", source.text_of(names, 30)));
        let text = link::write(&link, &issuer, &account).unwrap();
        let parsed = link::read(&text).unwrap();
        assert_eq!((&parsed.issuer, &parsed.account), (&issuer, &account));
        assert_eq!(link::write(&parsed.link, &issuer, &account).unwrap(), text);
        let changed = source.mutate(&text, "otpauth:/?&=%+AZ27 é\u{0}");
        if let Err(error) = link::read(&changed) {
            assert!(
                ["otp.link-invalid", "otp.secret-invalid", "input.too-long"].contains(&error.code()),
                "{error}"
            );
        }
    }
}
