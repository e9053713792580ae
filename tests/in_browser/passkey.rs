use js_sys::{Function, JSON, Reflect};
use storefront_privacy::Error;
use storefront_privacy::passkey::web::{
    creation_options, request_options, web_authentication_response, web_registration_response,
};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

/// The value of a JavaScript expression.
fn js(expression: &str) -> JsValue {
    Function::new_no_args(&format!("return ({expression})")).call0(&JsValue::NULL).unwrap()
}

fn text(value: &JsValue) -> String {
    JSON::stringify(value).unwrap().into()
}

type Read = fn(&JsValue) -> Result<JsValue, Error>;

/// Anything hostile that a page can hand over.
const HOSTILE: &[&str] = &[
    "undefined",
    "null",
    "7",
    "7n",
    "'text'",
    "Symbol()",
    "() => ({})",
    "[]",
    "Object.create(null)",
    "({ get challenge() { throw new Error('no') } })",
    "({ get publicKey() { throw undefined } })",
    "({ challenge: 'AA', get rpId() { throw new RangeError('no') } })",
    "({ rawId: 'AQ', type: 'public-key', response: { get signature() { throw 1 } } })",
    "(() => { const a = {}; a.publicKey = a; return a })()",
    "(() => { const a = []; a.push(a); return { challenge: 'AA', extensions: { a } } })()",
    "new Proxy({}, { get() { throw new Error('no') } })",
    "new Proxy({}, { ownKeys() { throw new Error('no') } })",
    "new Proxy({}, { ownKeys() { return ['challenge'] }, getOwnPropertyDescriptor() { throw 1 } })",
    "(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy })()",
    "(() => { const { proxy, revoke } = Proxy.revocable([], {}); revoke(); return { publicKey: proxy } })()",
    "({ challenge: 'AA', allowCredentials: new Proxy([], { get(t, k) { return k === 'length' ? 1e9 : {} } }) })",
    "({ challenge: 'AA', allowCredentials: new Array(4294967295) })",
    "({ challenge: '\\ud800' })",
    "new Date(NaN)",
    "window",
];

const NONE: JsValue = JsValue::UNDEFINED;

#[wasm_bindgen_test]
fn whatever_is_handed_over_is_an_error_with_a_code() {
    let reads: [(Read, &str); 4] = [
        (|value| creation_options(value, &NONE, &NONE), "passkey.options-invalid"),
        (|value| request_options(value, &NONE, &NONE, &NONE), "passkey.options-invalid"),
        (web_registration_response, "passkey.response-invalid"),
        (web_authentication_response, "passkey.response-invalid"),
    ];
    for expression in HOSTILE {
        for (read, code) in reads {
            match read(&js(expression)) {
                Err(error) => assert_eq!(error.code(), code, "{expression}: {error}"),
                Ok(value) => panic!("{expression}: {}", text(&value)),
            }
        }
    }
}

#[wasm_bindgen_test]
fn the_browser_takes_the_options_as_they_are() {
    let options = creation_options(&js(
        "{ publicKey: { rp: { name: 'Moorland' }, user: { id: 'AQ==', name: 'ada' }, challenge: 'AAECAw==',
           authenticatorSelection: { userVerification: 'twice' }, hints: ['telepathy'], timeout: undefined } }",
    ), &NONE, &NONE)
    .unwrap();
    assert_eq!(
        text(&options),
        r#"{"challenge":"AAECAw","pubKeyCredParams":[{"alg":-7,"type":"public-key"},{"alg":-257,"type":"public-key"}],"rp":{"name":"Moorland"},"user":{"displayName":"","id":"AQ","name":"ada"}}"#
    );
    let parse = |name: &str, options: &JsValue| {
        let class = js("globalThis.PublicKeyCredential ?? {}");
        let parser = Reflect::get(&class, &JsValue::from_str(name)).unwrap();
        parser.is_function().then(|| Function::from(parser).call1(&class, options).unwrap())
    };
    if let Some(parsed) = parse("parseCreationOptionsFromJSON", &options) {
        let user = Reflect::get(&parsed, &JsValue::from_str("user")).unwrap();
        assert_eq!(
            Reflect::get(&user, &JsValue::from_str("name")).unwrap().as_string().as_deref(),
            Some("ada")
        );
    }
    let options = request_options(
        &js("{ challenge: 'AAECAw==', rpId: null, allowCredentials: [{ id: 'AQ==' }] }"),
        &NONE,
        &NONE,
        &NONE,
    )
    .unwrap();
    assert_eq!(
        text(&options),
        r#"{"allowCredentials":[{"id":"AQ","type":"public-key"}],"challenge":"AAECAw"}"#
    );
    if let Some(parsed) = parse("parseRequestOptionsFromJSON", &options) {
        assert!(Reflect::has(&parsed, &JsValue::from_str("challenge")).unwrap());
    }
}

/// Buffers are as good as their base64url, and nothing of a PRF output is left.
#[wasm_bindgen_test]
fn an_answer_is_plain_json_without_keys() {
    let response = web_authentication_response(&js(
        "{ id: 'AQID', rawId: new Uint8Array([1, 2, 3]).buffer, type: 'public-key', authenticatorAttachment: 'platform',
           response: { clientDataJSON: new Uint8Array([123, 125]), authenticatorData: new ArrayBuffer(37),
                       signature: 'AAAA', userHandle: null },
           clientExtensionResults: { prf: { results: { first: new Uint8Array(32).fill(7) } } } }",
    ))
    .unwrap();
    assert_eq!(
        text(&response),
        format!(
            r#"{{"authenticatorAttachment":"platform","clientExtensionResults":{{}},"id":"AQID","rawId":"AQID","response":{{"authenticatorData":"{}","clientDataJSON":"e30","signature":"AAAA"}},"type":"public-key"}}"#,
            "A".repeat(50)
        )
    );
    let registered = web_registration_response(&js(
        "{ id: 'AQID', rawId: 'AQID', type: 'public-key',
           response: { clientDataJSON: 'e30', attestationObject: new ArrayBuffer(60), publicKeyAlgorithm: -7, transports: ['usb'] },
           clientExtensionResults: { prf: { enabled: true, results: { first: new ArrayBuffer(32) } } } }",
    ))
    .unwrap();
    assert!(text(&registered).contains(r#""clientExtensionResults":{"prf":{"enabled":true}}"#));
    assert!(text(&registered).contains(r#""publicKeyAlgorithm":-7,"transports":["usb"]"#));
}

#[wasm_bindgen_test]
fn nothing_is_written_to_the_console() {
    js("(() => {
        globalThis.__written = 0;
        globalThis.__console = {};
        for (const name of ['log', 'debug', 'info', 'warn', 'error']) {
            globalThis.__console[name] = console[name];
            console[name] = () => { globalThis.__written += 1; };
        }
    })()");
    for expression in HOSTILE {
        let _ = web_authentication_response(&js(expression));
        let _ = creation_options(&js(expression), &js(expression), &js(expression));
        let _ = request_options(&js("({ challenge: 'AAECAw' })"), &NONE, &js(expression), &js(expression));
    }
    let written =
        js("(() => { Object.assign(console, globalThis.__console); return globalThis.__written; })()");
    assert_eq!(written.as_f64(), Some(0.0));
}
