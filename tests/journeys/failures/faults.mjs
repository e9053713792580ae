/** The ways in which a page can fail, and how each is made. */

const isWasm = ({ url }) => new URL(url, "http://localhost").pathname.endsWith(".wasm");
const isWorker = ({ headers }) => headers["sec-fetch-dest"] === "worker";
const isPage = (answer) => String(answer.headers["content-type"] ?? "").startsWith("text/html");
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function withPolicy(answer, change) {
  const policy = String(answer.headers["content-security-policy"] ?? "");
  return { ...answer, headers: { ...answer.headers, "content-security-policy": change(policy) } };
}

/**
 * @typedef {object} Failure
 * @property {import("../../lib/recorder.mjs").Fault} [fault] what happens to answers on their way
 * @property {() => void} [inPage] what runs in the page before its own scripts
 * @property {object} [context] how the browser is set
 * @property {string | undefined} [code] the code that every capability reports, unless `codes` says otherwise
 * @property {Record<string, string | null>} codes what single capabilities report; `null` where they are not affected
 * @property {boolean} [recovers] whether the element works later without being asked
 */

/** Signing in with a passkey needs no module. */
const SIGN_IN = { passkey: null };

/** @type {Record<string, Failure>} */
export const FAILURES = {
  "wasm blocked by CSP": {
    code: "load.blocked",
    fault: (_exchange, answer) => (isPage(answer) ? withPolicy(answer, (policy) => policy.replace(" 'wasm-unsafe-eval'", "")) : undefined),
    codes: SIGN_IN,
  },
  "wasm 404": {
    code: "load.missing",
    fault: (exchange, answer) =>
      isWasm(exchange) ? { status: 404, headers: { "content-type": "text/plain" }, body: Buffer.from("not found") } : answer,
    codes: SIGN_IN,
  },
  "wrong MIME type": {
    code: "load.mime",
    fault: (exchange, answer) => (isWasm(exchange) ? { ...answer, headers: { ...answer.headers, "content-type": "text/html" } } : answer),
    codes: SIGN_IN,
  },
  truncated: {
    code: "load.corrupt",
    fault: (exchange, answer) => (isWasm(exchange) ? plain(answer, answer.body.subarray(0, answer.body.length >> 1)) : answer),
    codes: SIGN_IN,
  },
  "10 s slow": {
    code: "load.timeout",
    async fault(exchange) {
      if (isWasm(exchange)) {
        await pause(10_000);
      }
      return undefined;
    },
    codes: SIGN_IN,
    recovers: true,
  },
  "script off": { context: { javaScriptEnabled: false }, codes: {} },
  "worker refused": {
    fault: (exchange, answer) =>
      isWorker(exchange) ? { status: 404, headers: { "content-type": "text/plain" }, body: Buffer.from("not found") } : answer,
    codes: { password: "worker.refused", passkey: null, payment: null, consent: null },
  },
  "card frame's script 404": {
    fault: (exchange, answer) =>
      exchange.headers.origin === "null" ? { status: 404, headers: { "content-type": "text/plain" }, body: Buffer.from("not found") } : answer,
    codes: { password: null, passkey: null, payment: "load.blocked", consent: null },
  },
  "card frame's script changed": {
    fault: (exchange, answer) => (exchange.headers.origin === "null" ? { ...answer, body: Buffer.concat([answer.body, Buffer.from(" ")]) } : answer),
    codes: { password: null, passkey: null, payment: "load.blocked", consent: null },
  },
  "storage refused": {
    inPage: () => {
      const refuse = () => {
        throw new DOMException("The operation is insecure.", "SecurityError");
      };
      for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
        Object.defineProperty(window, name, { get: refuse, configurable: true });
      }
    },
    codes: { password: null, passkey: null, payment: null, consent: null },
  },
  "browser below the floor": {
    code: "browser.unsupported",
    inPage: () => {
      // As in a browser that has WebAssembly, but not what the modules are compiled to.
      WebAssembly.validate = () => false;
    },
    codes: SIGN_IN,
  },
};

function plain(answer, body) {
  const { "content-encoding": _encoding, ...headers } = answer.headers;
  return { ...answer, headers, body };
}
