/** Rows of the payment capability: in Chromium, and in Firefox, whose `WebCrypto` is another. */
import { startFirefox } from "../tests/lib/firefox.mjs";
import { median, row, spreadOf } from "./rows.mjs";

const WHO = ["ours", "jose", "hpke", "hpkeJs", "rsa", "forge", "trust", "presses"];

/** The targets are the issue's: Firefox's own code is slower at what the peers ask it for. */
const TARGETS = { Chromium: { ecdh: null, hpke: 1 / 2, rsa: 1 / 3 }, Firefox: { ecdh: 1.2, hpke: 1 / 4, rsa: 1 / 3 } };

/** @param {(page: string, inputs: unknown, repeats: number) => Promise<number[][]>} inChromium */
export async function paymentRows({ inChromium, origin, rounds }) {
  const rows = rowsOf("Chromium", await inChromium("payment", null, rounds));
  return [...rows, ...rowsOf("Firefox", await inFirefox(origin, rounds))];
}

async function inFirefox(origin, rounds) {
  const driver = await startFirefox();
  try {
    const session = await driver.open();
    try {
      await session.go(`${origin}/blank`);
      // In the page's own realm: the driver's has arrays and buffers of its own, and node-forge takes none of those.
      await session.run(`(repeats) => {
        const script = document.createElement("script");
        script.type = "module";
        script.textContent = "import { run } from '/bench/payment.js'; document.title = JSON.stringify(await run(null, " + repeats + "));";
        document.head.append(script);
      }`, rounds);
      return await session.waitFor("() => document.title.startsWith('[') && JSON.parse(document.title)", { timeout: 600_000 });
    } finally {
      await session.close();
    }
  } finally {
    await driver.stop();
  }
}

function rowsOf(engine, times) {
  const at = (who) => times[WHO.indexOf(who)];
  const { ecdh, hpke, rsa } = TARGETS[engine];
  const figures = (id, who) => ({ id: `payment.${id}.median, ${engine}`, unit: "ms", ours: median(at(who)), spread: spreadOf(at(who)) });
  return [
    // A P-256 agreement in Chromium's own code is several times faster than any in wasm: a stated gap, not a goal.
    row({ ...figures("seal, ECDH-ES", "ours"), peer: "jose 6.2.18, ECDH-ES in WebCrypto", figure: median(at("jose")), target: ecdh }),
    // The peer has the same KEM and cipher, with HKDF in SHAKE256's place: it lacks that one.
    row({ ...figures("seal, HPKE-9", "hpke"), peer: "@hpke/core 1.9.0 with hybridkem-x-wing 0.7.0", figure: median(at("hpkeJs")), target: hpke }),
    row({ ...figures("seal, RSA-OAEP-256 with 2048 bits", "rsa"), peer: "node-forge 1.4.3", figure: median(at("forge")), target: rsa }),
    row({ ...figures("trust", "trust"), peer: "one seal with ECDH-ES", figure: median(at("ours")), target: 1 }),
    // A hundred presses are timed at once.
    row({ ...figures("key press", "presses"), unit: "µs", ours: median(at("presses")) * 10, peer: "the limit", figure: 20, target: 1 }),
  ];
}
