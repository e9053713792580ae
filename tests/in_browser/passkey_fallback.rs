//! What the module `passkey-fallback` exports, called as its façade calls it.

use storefront_privacy::passkey::fallback::web::{
    Otp, generate_recovery_codes, generate_secret, qr_code, read_link, read_recovery_code, use_recovery_code,
};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn one_time_codes_are_made_checked_and_enrolled() {
    let secret = generate_secret().unwrap();
    assert_eq!(secret.len(), 32);
    let totp = Otp::new(&secret, "SHA1", 6, 30).unwrap();
    let code = totp.code(1_795_392_000);
    assert_eq!(totp.verify(&code, 1_795_392_000, -1).unwrap(), 59_846_400);
    assert_eq!(totp.verify(&code, 1_795_392_000, 59_846_400).unwrap(), -2);
    assert_eq!(totp.verify(&code, 1_795_393_000, -1).unwrap(), -1);
    assert_eq!(totp.verify("no code", 0, -1).unwrap_err().code(), "otp.code-invalid");
    let link = totp.link("Shop", "ada", 0).unwrap();
    assert_eq!(read_link(&link).unwrap(), ["totp", &secret, "SHA1", "6", "30", "Shop", "ada"]);
    assert!(qr_code(&link).unwrap().starts_with("45 M4 4h7"));
    let hotp = Otp::new("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "SHA1", 6, 0).unwrap();
    assert_eq!((hotp.code(0).as_str(), hotp.verify("755224", 0, 5).unwrap()), ("755224", 0));
    assert_eq!(Otp::new("A", "SHA1", 6, 30).err().unwrap().code(), "otp.secret-invalid");
}

#[wasm_bindgen_test]
fn recovery_codes_are_made_and_used_once() {
    let all = generate_recovery_codes().unwrap();
    let (hashes, codes) = all.split_first().unwrap();
    assert_eq!(codes.len(), 10);
    let typed = codes[9].to_lowercase().replace('-', " ");
    assert_eq!(read_recovery_code(&typed).unwrap(), codes[9]);
    let left = use_recovery_code(&typed, hashes).unwrap().unwrap();
    assert_eq!(use_recovery_code(&typed, &left).unwrap(), None);
    assert_eq!(use_recovery_code("", hashes).unwrap_err().code(), "recovery.code-invalid");
}
