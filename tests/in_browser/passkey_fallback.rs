//! What the module `passkey-fallback` exports, called as its façade calls it.

use storefront_privacy::passkey::fallback::web::{
    generate_recovery_codes, generate_secret, otp_code, qr_code, read_link, read_recovery_code,
    use_recovery_code, verify_otp, write_link,
};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn one_time_codes_are_made_checked_and_enrolled() {
    let secret = generate_secret().unwrap();
    assert_eq!(secret.len(), 32);
    let code = otp_code(&secret, "SHA1", 6, 30, 1_795_392_000).unwrap();
    let verify = |code: &str, at, last| verify_otp(&secret, "SHA1", 6, 30, at, code, last);
    assert_eq!(verify(&code, 1_795_392_000, -1).unwrap(), 59_846_400);
    assert_eq!(verify(&code, 1_795_392_000, 59_846_400).unwrap(), -2);
    assert_eq!(verify(&code, 1_795_393_000, -1).unwrap(), -1);
    assert_eq!(verify("no code", 0, -1).unwrap_err().code(), "otp.code-invalid");
    let link = write_link(&secret, "SHA1", 6, 30, 0, "Shop", "ada").unwrap();
    let members = read_link(&link).unwrap();
    assert_eq!(members.lines().collect::<Vec<_>>(), ["totp", &secret, "SHA1", "6", "30", "Shop", "ada"]);
    assert!(qr_code(&link).unwrap().starts_with("45 M4 4h7"));
    let key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    assert_eq!(otp_code(key, "SHA1", 6, 0, 0).unwrap(), "755224");
    assert_eq!(verify_otp(key, "SHA1", 6, 0, 0, "755224", 5).unwrap(), 0);
    assert_eq!(otp_code("A", "SHA1", 6, 30, 0).unwrap_err().code(), "otp.secret-invalid");
}

#[wasm_bindgen_test]
fn recovery_codes_are_made_and_used_once() {
    let all = generate_recovery_codes().unwrap();
    let (hashes, codes) = all.split_once('\n').unwrap();
    let codes: Vec<_> = codes.lines().collect();
    assert_eq!(codes.len(), 10);
    let typed = codes[9].to_lowercase().replace('-', " ");
    assert_eq!(read_recovery_code(&typed).unwrap(), codes[9]);
    let left = use_recovery_code(&typed, hashes).unwrap().unwrap();
    assert_eq!(use_recovery_code(&typed, &left).unwrap(), None);
    assert_eq!(use_recovery_code("", hashes).unwrap_err().code(), "recovery.code-invalid");
}
