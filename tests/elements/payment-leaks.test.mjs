/** What leaves the card's frame, and what page scripts see: each promise of SECURITY.md, with a control that shows the search finds. */
import assert from "node:assert/strict";
import { createECDH, createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { exportJWK, generateKeyPair } from "jose";
import { launchProfile } from "../lib/chromium.mjs";
import { startListener } from "../lib/listener.mjs";
import { makeRoot } from "../lib/manifest.mjs";
import { attempt, HINTS, WAYS_AWAY, WAYS_OUT } from "../lib/ways-out.mjs";
import { hears, settles, suite } from "./lib/harness.mjs";
import { signedPage } from "./lib/signed-page.mjs";
import { POLICY } from "./lib/site.mjs";

const TAG = "sp-payment-form";
const own = suite();
// On no list and in no table: each of its six-digit windows is unlikely anywhere else.
const NUMBER = "379864205317420".replace(/\d$/, "");
const CARD = { number: withCheckDigit(NUMBER), expiry: `08${String((new Date().getFullYear() + 3) % 100)}`, code: "8305", name: "Ottilie Quändt" };
const MODES = { isolated: "", inline: 'mode="inline" accept-page-can-read-card' };

let listener;
let privateJwk;
let publicJwk;
let root;
before(async () => {
  listener = await startListener();
  root = await makeRoot();
  const pair = await generateKeyPair("ECDH-ES", { crv: "P-256", extractable: true });
  privateJwk = await exportJWK(pair.privateKey);
  publicJwk = { ...(await exportJWK(pair.publicKey)), kid: "k1", alg: "ECDH-ES", use: "enc" };
});
after(() => listener.stop());

function withCheckDigit(digits) {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = index % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return digits + String((10 - (sum % 10)) % 10);
}

const page = (mode, { policy } = {}) => signedPage(own.site, { root, publicJwk, attributes: MODES[mode], policy });

async function open(mode, { init, ...options } = {}) {
  const shopper = await own.open("about:blank");
  if (init) await shopper.context.addInitScript(init);
  await shopper.page.goto(page(mode, options));
  await settles(shopper.page, TAG, "ready");
  shopper.frame = shopper.page.frames().find((frame) => frame !== shopper.page.mainFrame()) ?? shopper.page.mainFrame();
  return shopper;
}

async function type(shopper, card = CARD) {
  for (const [name, text] of Object.entries(card)) await shopper.frame.locator(`[data-card=${name}]`).fill(text);
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Tries ways out of a document, each to a path of its own, and gives those that arrived. */
async function tried(document, ways, name) {
  const refusals = {};
  for (const [way, run] of Object.entries(ways)) {
    const before = listener.packets;
    refusals[way] = await attempt(document, run, `${listener.origin}/${name}/${encodeURIComponent(way)}`, listener.udpPort);
    if (way.includes("WebRTC")) {
      await pause(1_000);
      if (listener.packets > before) listener.paths.push(`/${name}/${encodeURIComponent(way)}`);
    }
  }
  await pause(1_500);
  const arrived = listener.paths.filter((path) => path.startsWith(`/${name}/`)).map((path) => decodeURIComponent(path.split("/")[2].split("?")[0]));
  return { arrived: [...new Set(arrived)].sort(), refusals };
}

test("ways out that leave the document as it is: from outside each reaches the server, from the frame none", { timeout: 60_000 }, async () => {
  const outside = await own.open(own.site.page("<p>Outside</p>", { policy: "" }));
  const control = await tried(outside.page, WAYS_OUT, "outside");
  assert.deepEqual(control.arrived, Object.keys(WAYS_OUT).sort(), "the control reaches the server by every way");
  // Its connections would go on asking.
  await outside.close();
  await listener.stop();
  listener = await startListener();
  const shopper = await open("isolated");
  await type(shopper);
  const { arrived } = await tried(shopper.frame, WAYS_OUT, "frame");
  assert.deepEqual(arrived, []);
  assert.equal(await shopper.frame.evaluate(() => Object.getOwnPropertyNames(globalThis).filter((name) => /^(webkit|moz)?RTC/.test(name)).join()), "");
});

for (const [way, run] of Object.entries(WAYS_AWAY)) {
  test(`${way}: from outside it reaches the server, from the frame it does not`, { timeout: 60_000 }, async () => {
    const outside = await own.open(own.site.page("<p>Outside</p>", { policy: "" }));
    const control = await tried(outside.page, { [way]: run }, "outside-away");
    assert.deepEqual(control.arrived.filter((each) => each === way), [way]);
    const shopper = await open("isolated");
    await type(shopper);
    const { arrived } = await tried(shopper.frame, { [way]: run }, "frame-away");
    assert.deepEqual(arrived.filter((each) => each === way), []);
    assert.equal(new URL(shopper.page.url()).pathname.startsWith("/page/"), true, "the page is where it was");
  });
}

test("no name is looked up and no connection made for the frame: its form is all that it can make", { timeout: 120_000 }, async () => {
  const place = await mkdtemp(join(tmpdir(), "hints-"));
  const log = join(place, "net.json");
  const context = await launchProfile(place, [`--log-net-log=${log}`]);
  try {
    for (const [index, way] of Object.values(HINTS).entries()) {
      const outside = await context.newPage();
      await outside.goto(own.site.page("<p>Outside</p>", { policy: "" }));
      await attempt(outside, way, `http://outside-${index}.example/`);
      const shopper = await context.newPage();
      await shopper.goto(page("isolated"));
      await settles(shopper, TAG, "ready");
      const frame = shopper.frames().find((each) => each !== shopper.mainFrame());
      await attempt(frame, way, `http://frame-${index}.example/`);
      await pause(200);
      await Promise.all([outside.close(), shopper.close()]);
    }
  } finally {
    await context.close();
  }
  const names = await readFile(log, "utf8");
  const ways = Object.keys(HINTS);
  const reached = (from) => ways.filter((_, index) => names.includes(`${from}-${index}.example`));
  assert.deepEqual(reached("frame"), []);
  assert.deepEqual(reached("outside"), ways, "the control is looked up by every way");
  await rm(place, { recursive: true });
});

test("where frames may be navigated, self-navigation does get out of the frame: this is what `reduced` means", { timeout: 60_000 }, async () => {
  const shopper = await open("isolated", { policy: `${POLICY}; frame-src ${listener.origin}` });
  await shopper.page.locator(`${TAG}[isolation=reduced]`).waitFor();
  const { arrived } = await tried(shopper.frame, { "self-navigation": WAYS_AWAY["self-navigation"] }, "reduced");
  assert.deepEqual(arrived, ["self-navigation"]);
  // What is there now is not ours: it is taken away, and the form begins anew.
  await settles(shopper.page, TAG, "ready");
  assert.equal(await shopper.page.locator(`${TAG} iframe`).contentFrame().locator("[data-card=number]").inputValue(), "");
});

/** Hooks that a page script puts on what it shares with ours, once ours is there. */
function hookLate() {
  globalThis.seen = {};
  const textOf = (value, depth = 0) => {
    if (typeof value === "string" || typeof value === "number") return String(value);
    if (ArrayBuffer.isView(value)) return `${[...new Uint8Array(value.buffer, value.byteOffset, value.byteLength)].map((byte) => String.fromCharCode(byte)).join("")} ${[...value].join("")}`;
    if (value instanceof ArrayBuffer) return textOf(new Uint8Array(value), depth);
    if (typeof value !== "object" || value === null || depth > 3) return "";
    if (value instanceof Event) return textOf(value.data, depth + 1) + textOf(value.target?.value, depth + 1);
    return Object.values(value).map((each) => textOf(each, depth + 1)).join(" ");
  };
  const note = (name, ...values) => (globalThis.seen[name] = `${globalThis.seen[name] ?? ""}\n${values.map((value) => textOf(value)).join("\n")}`);
  const wrap = (name, holder, key) => {
    const native = holder[key];
    holder[key] = function (...parameters) {
      const result = Reflect.apply(native, this, parameters);
      note(name, this, ...parameters, result);
      return result;
    };
  };
  wrap("TypedArray.prototype.set", Object.getPrototypeOf(Uint8Array.prototype), "set");
  wrap("TextEncoder.prototype.encodeInto", TextEncoder.prototype, "encodeInto");
  wrap("TextDecoder.prototype.decode", TextDecoder.prototype, "decode");
  wrap("JSON.stringify", JSON, "stringify");
  wrap("String.prototype.replace", String.prototype, "replace");
  wrap("MessagePort.prototype.postMessage", MessagePort.prototype, "postMessage");
  wrap("crypto.getRandomValues", Crypto.prototype, "getRandomValues");
  wrap("SubtleCrypto.prototype.digest", SubtleCrypto.prototype, "digest");
  wrap("HTMLFormElement.prototype.requestSubmit", HTMLFormElement.prototype, "requestSubmit");
  wrap("ElementInternals.prototype.setFormValue", ElementInternals.prototype, "setFormValue");
  const { get } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
  Object.defineProperty(HTMLInputElement.prototype, "value", {
    ...Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value"),
    get() {
      const value = Reflect.apply(get, this, []);
      note("HTMLInputElement.prototype.value", value);
      return value;
    },
  });
  for (const kind of ["input", "keydown", "message"]) addEventListener(kind, (event) => note(`listener for ${kind}`, event), true);
  // As the shop would not do: the listener above is to see the whole way.
  document.addEventListener("submit", (event) => event.preventDefault());
}

/** Which hooks saw six digits of the number in a row, or the code, or the name. */
function hooksThatSaw(seen, sealed) {
  const digits = Array.from({ length: CARD.number.length - 5 }, (_, at) => CARD.number.slice(at, at + 6));
  return Object.entries(seen)
    // The first six digits and the last four may be told.
    .map(([name, text]) => [name, text.replaceAll(`"bin":"${sealed.bin}"`, "").replaceAll(new RegExp(`^(.* )?${sealed.bin}( .*)?$`, "gm"), "").replace(/(\d)[ -](?=\d)/g, "$1")])
    .filter(([, text]) => digits.some((run) => text.includes(run)) || text.includes(CARD.name) || text.includes("ändt"))
    .map(([name]) => name)
    .sort();
}

for (const mode of Object.keys(MODES)) {
  test(`${mode}: what hooks on page intrinsics see that come after ours`, { timeout: 60_000 }, async () => {
    const shopper = await open(mode);
    await shopper.page.evaluate(hookLate);
    for (const [name, text] of Object.entries(CARD)) {
      await shopper.frame.locator(`[data-card=${name}]`).pressSequentially(text);
    }
    await shopper.page.locator("#pay").click();
    const sealed = await hears(shopper.page, "sp-payment-sealed");
    assert.equal(sealed.lastFour, CARD.number.slice(-4));
    const seen = hooksThatSaw(await shopper.page.evaluate(() => globalThis.seen), sealed);
    const documented = await hooksOfTable();
    if (mode === "isolated") assert.deepEqual(seen, []);
    else assert.deepEqual(seen, documented.filter(({ inline }) => inline !== "nothing").map(({ hook }) => hook).sort());
  });
}

/** The table of SECURITY.md. */
async function hooksOfTable() {
  const text = await readFile(new URL("../../SECURITY.md", import.meta.url), "utf8");
  const [, table] = /\| hook \|.*\n\|[-|]*\n((?:\|.*\n)+)/.exec(text);
  return table.trim().split("\n").map((line) => {
    const [, hook, isolated, inline] = line.split("|").map((cell) => cell.trim().replaceAll("`", ""));
    assert.equal(isolated, "nothing");
    return { hook, inline };
  });
}

/** Keeps hold of every module's memory; runs before any other script of a document. */
function keepMemories() {
  const { instantiate } = WebAssembly;
  globalThis.memories = [];
  WebAssembly.instantiate = async (...wanted) => {
    const instance = await instantiate(...wanted);
    if (instance.exports?.memory) globalThis.memories.push(instance.exports.memory);
    return instance;
  };
}

/** Where secrets are found in the memories of a document. */
function residue(frame, secrets) {
  return frame.evaluate((wanted) => {
    const found = [];
    for (const memory of globalThis.memories) {
      const bytes = new Uint8Array(memory.buffer);
      for (const [name, secret] of wanted) {
        for (let at = bytes.indexOf(secret[0]); at !== -1; at = bytes.indexOf(secret[0], at + 1)) {
          if (secret.every((byte, index) => bytes[at + index] === byte)) {
            found.push(name);
            break;
          }
        }
      }
    }
    return found;
  }, secrets);
}

const ascii = (text) => [...Buffer.from(text)];

/** The number's windows as text and as digits, the code, the name. */
function cardSecrets() {
  const secrets = [["code", ascii(CARD.code)], ["name", ascii(CARD.name)]];
  for (let at = 0; at + 6 <= CARD.number.length; at++) {
    const run = CARD.number.slice(at, at + 6);
    secrets.push([`text ${at}`, ascii(run)], [`digits ${at}`, [...run].map(Number)]);
  }
  return secrets;
}

/** The content key of an envelope (RFC 7518 §4.6.2), in eight-byte pieces. */
function keySecrets(envelope) {
  const header = JSON.parse(Buffer.from(envelope.split(".")[0], "base64url"));
  const ecdh = createECDH("prime256v1");
  ecdh.setPrivateKey(Buffer.from(privateJwk.d, "base64url"));
  const point = Buffer.concat([Buffer.of(4), ...[header.epk.x, header.epk.y].map((part) => Buffer.from(part, "base64url"))]);
  const shared = ecdh.computeSecret(point);
  const number = (value) => Buffer.from([value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]);
  const sized = (bytes) => Buffer.concat([number(bytes.length), bytes]);
  const party = (value) => sized(Buffer.from(value ?? "", "base64url"));
  const info = Buffer.concat([sized(Buffer.from(header.enc)), party(header.apu), party(header.apv), number(256)]);
  const key = createHash("sha256").update(Buffer.concat([number(1), shared, info])).digest();
  const pieces = (name, bytes) => [0, 8, 16, 24].map((at) => [`${name} ${at}`, [...bytes.subarray(at, at + 8)]]);
  return [...pieces("content key", key), ...pieces("shared secret", shared)];
}

test("the search of memory finds a card that is there", async () => {
  const shopper = await open("isolated", { init: keepMemories });
  await shopper.frame.evaluate(([text]) => new Uint8Array(globalThis.memories[0].buffer).set(text, 4_096), [ascii(CARD.number.slice(3, 9))]);
  assert.deepEqual(await residue(shopper.frame, cardSecrets()), ["text 3"]);
});

test("after a payment the module's memory holds no part of the card, and no key", { timeout: 60_000 }, async () => {
  const shopper = await open("isolated", { init: keepMemories });
  await type(shopper);
  let envelope;
  await shopper.page.exposeFunction("keep", (text) => (envelope = text));
  await shopper.page.evaluate(() => {
    document.addEventListener("submit", (event) => event.preventDefault());
    document.addEventListener("formdata", ({ formData }) => globalThis.keep(formData.get("envelope")), true);
    document.addEventListener("sp-payment-sealed", ({ target }) => queueMicrotask(() => new FormData(target.form)));
  });
  await shopper.page.locator("#pay").click();
  await hears(shopper.page, "sp-payment-sealed");
  await shopper.page.waitForTimeout(200);
  assert.match(envelope, /^eyJ/);
  assert.equal(await shopper.frame.evaluate(() => globalThis.memories.length), 1);
  assert.deepEqual(await residue(shopper.frame, [...cardSecrets(), ...keySecrets(envelope)]), []);
});

test("after a payment that failed, and one whose card was refused, the module's memory holds no part of the card", { timeout: 60_000 }, async () => {
  const shopper = await open("isolated", { init: keepMemories });
  await type(shopper, { ...CARD, expiry: "0120" });
  await shopper.page.locator("#pay").click();
  await hears(shopper.page, "sp-payment-invalid");
  assert.deepEqual(await residue(shopper.frame, cardSecrets()), []);
  await type(shopper);
  // A currency that the module refuses, after it has read the card.
  await shopper.page.evaluate((tag) => document.querySelector(tag).setAttribute("currency", "euro"), TAG);
  await shopper.page.locator("#pay").click();
  await shopper.page.locator(`${TAG} [part=problem]`).filter({ hasText: /./ }).waitFor();
  assert.deepEqual(await residue(shopper.frame, cardSecrets()), []);
});

test("after a trap the module's memory is overwritten and another takes its place; what was typed stays", { timeout: 60_000 }, async () => {
  const shopper = await open("isolated", { init: keepMemories });
  await type(shopper);
  await shopper.frame.evaluate(() => {
    const { encodeInto } = TextEncoder.prototype;
    TextEncoder.prototype.encodeInto = function () {
      TextEncoder.prototype.encodeInto = encodeInto;
      throw new WebAssembly.RuntimeError("unreachable");
    };
  });
  await shopper.frame.locator("[data-card=name]").fill("Ottilie Quändt ");
  assert.equal((await hears(shopper.page, "sp-unavailable")).code, "module.trapped");
  await settles(shopper.page, TAG, "ready");
  assert.equal(await shopper.frame.evaluate(() => globalThis.memories.length), 2);
  assert.equal(await shopper.frame.evaluate(() => new Uint8Array(globalThis.memories[0].buffer).every((byte) => byte === 0)), true);
  assert.deepEqual(await residue(shopper.frame, cardSecrets()), []);
  assert.equal((await shopper.frame.locator("[data-card=number]").inputValue()).replaceAll(" ", ""), CARD.number);
  await shopper.frame.locator("[data-card=code]").fill(CARD.code);
  await shopper.page.locator("#pay").click();
  await shopper.page.waitForURL("**/paid");
});

test("code that ran before ours can replace the form: nothing on the page can prevent it", { timeout: 60_000 }, async () => {
  const shopper = await own.open("about:blank");
  await shopper.context.addInitScript(() => {
    const { define } = customElements;
    customElements.define = function (tag, type) {
      if (tag !== "sp-payment-form") return Reflect.apply(define, this, [tag, type]);
      class Impostor extends HTMLElement {
        connectedCallback() {
          const input = document.createElement("input");
          input.setAttribute("aria-label", "Card number");
          input.addEventListener("input", () => (globalThis.stolen = input.value));
          this.append(input);
        }
      }
      return Reflect.apply(define, this, [tag, Impostor]);
    };
  });
  await shopper.page.goto(page("isolated"));
  await shopper.page.getByLabel("Card number").fill(CARD.number);
  assert.equal(await shopper.page.evaluate(() => globalThis.stolen), CARD.number);
});
