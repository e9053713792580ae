/**
 * Our one-time codes beside those of npm `otpauth` and PyPI `pyotp`, our links read by them and theirs by us, our QR codes read by
 * `jsqr`, and our recovery codes' digests beside Node's PBKDF2.
 */
import assert from "node:assert/strict";
import { pbkdf2Sync } from "node:crypto";
import { before, describe, test } from "node:test";

import jsQR from "jsqr";
import * as otpauth from "otpauth";
import { load } from "storefront-privacy/passkey-fallback";

import { python } from "../lib/python.mjs";
import { chooser } from "./seeded.mjs";

const CASES = 10_000;
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const NAMES = "aZ09 _-./\\\"'<>&=?#%+éßİ漢😀";

const PYOTP = `
import sys, hashlib, pyotp
digest = {"SHA1": hashlib.sha1, "SHA256": hashlib.sha256, "SHA512": hashlib.sha512}
for line in sys.stdin:
    secret, algorithm, digits, period, time, counter = line.split()
    totp = pyotp.TOTP(secret, digits=int(digits), digest=digest[algorithm], interval=int(period))
    hotp = pyotp.HOTP(secret, digits=int(digits), digest=digest[algorithm])
    print(totp.at(int(time)), hotp.at(int(counter)))
`;

const PYOTP_LINK = `
import sys, json, pyotp
for line in sys.stdin:
    one = pyotp.parse_uri(line.rstrip("\\n"))
    print(json.dumps([one.secret, one.digits, one.interval, one.digest().name.upper(), one.issuer, one.name]))
`;

/** A secret of 16 to 64 whole bytes, and how its codes are made. */
function randomOtp(choose) {
  const length = choose.pick([26, 32, 40, 52, 64, 103]);
  const bits = (length * 5) % 8;
  // The bits after the last byte are zero.
  const last = BASE32[choose.below(32) & (0xff << bits)];
  return {
    secret: choose.text(length - 1, BASE32) + last,
    algorithm: choose.pick(["SHA1", "SHA256", "SHA512"]),
    digits: 6 + choose.below(3),
    period: choose.pick([10, 15, 30, 60, 90, 120]),
  };
}

describe("one-time codes", () => {
  let fallback;
  let pyotp;
  before(async () => {
    [fallback, pyotp] = await Promise.all([load(), python("otp", ["pyotp==2.12.1"])]);
  });

  test(`are those of otpauth and pyotp in ${CASES} random cases`, async () => {
    const choose = chooser(11);
    const cases = Array.from({ length: CASES }, () => ({ ...randomOtp(choose), time: choose.below(2 ** 36), counter: choose.below(2 ** 50) }));
    const theirs = await pyotp(PYOTP, cases.map(({ secret, algorithm, digits, period, time, counter }) => `${secret} ${algorithm} ${digits} ${period} ${time} ${counter}`));
    assert.equal(theirs.length, CASES);
    cases.forEach((one, index) => {
      const { secret, algorithm, digits, period, time, counter } = one;
      const ours = `${fallback.totp(one, time)} ${fallback.hotp(one, counter)}`;
      assert.equal(ours, theirs[index], JSON.stringify(one));
      const key = otpauth.Secret.fromBase32(secret);
      const other = `${otpauth.TOTP.generate({ secret: key, algorithm, digits, period, timestamp: time * 1000 })} ${otpauth.HOTP.generate({ secret: key, algorithm, digits, counter })}`;
      assert.equal(ours, other, JSON.stringify(one));
      assert.deepEqual(fallback.verifyTotp(one, ours.split(" ")[0], time, null), { outcome: "right", step: Math.floor(time / period) });
    });
  });

  test("are enrolled by links that otpauth and pyotp read as we do", async () => {
    const choose = chooser(12);
    const cases = Array.from({ length: 500 }, () => ({ ...randomOtp(choose), issuer: `S${choose.text(choose.below(20), NAMES)}p`.toWellFormed(), account: `a${choose.text(choose.below(20), NAMES)}z`.toWellFormed() }));
    const links = cases.map((one) => fallback.totpLink(one, one.issuer, one.account));
    const theirs = await pyotp(PYOTP_LINK, links);
    cases.forEach(({ issuer, account, ...one }, index) => {
      const link = links[index];
      assert.deepEqual(fallback.readLink(link), { ...one, kind: "totp", issuer, account });
      assert.deepEqual(JSON.parse(theirs[index]), [one.secret, one.digits, one.period, one.algorithm, issuer, account], link);
      const parsed = otpauth.URI.parse(link);
      assert.deepEqual([parsed.secret.base32, parsed.digits, parsed.period, parsed.algorithm, parsed.issuer, parsed.label], [one.secret, one.digits, one.period, one.algorithm, issuer, account], link);
      const back = new otpauth.TOTP({ ...one, issuer, label: account, secret: otpauth.Secret.fromBase32(one.secret) }).toString();
      assert.deepEqual(fallback.readLink(back), { ...one, kind: "totp", issuer, account }, back);
    });
    const counted = fallback.hotpLink({ secret: BASE32 }, "Shop", "ada", 9);
    assert.equal(otpauth.URI.parse(counted).counter, 9);
    assert.equal(fallback.readLink(counted).counter, 9);
  });

  test("are drawn as QR codes that jsqr reads", () => {
    const choose = chooser(13);
    const texts = [fallback.totpLink({ secret: fallback.generateSecret() }, "Hob & Rim", "ada@example.com"), "0", "HELLO WORLD", "7".repeat(600), "é漢😀".repeat(40), "x".repeat(1200)];
    for (let round = 0; round < 60; round += 1) texts.push(`${choose.text(1 + choose.below(400), `${NAMES}\n`)}z`.toWellFormed());
    for (const text of texts) {
      const { width, data } = paint(fallback.qrCode(text));
      assert.equal(jsQR(data, width, width)?.data, text);
    }
    assert.throws(() => fallback.qrCode("x".repeat(2332)), { code: "input.too-long" });
  });

  test("are refused when they were used, and read in any script", () => {
    const totp = { secret: fallback.generateSecret() };
    const now = 1_795_392_000;
    const code = fallback.totp(totp, now);
    const step = now / 30;
    assert.deepEqual(fallback.verifyTotp(totp, `${code.slice(0, 3)} ${code.slice(3)}`, now, step - 1), { outcome: "right", step });
    assert.deepEqual(fallback.verifyTotp(totp, code, now, step), { outcome: "replayed" });
    assert.deepEqual(fallback.verifyTotp(totp, code, now + 90, null), { outcome: "wrong" });
    assert.deepEqual(fallback.verifyTotp(totp, [...code].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join(""), now, null), { outcome: "right", step });
    assert.equal(fallback.verifyHotp(totp, fallback.hotp(totp, 5), 0), 5);
    assert.equal(fallback.verifyHotp(totp, fallback.hotp(totp, 5), 6), null);
    assert.throws(() => fallback.verifyTotp(totp, "12 34", now, null), { code: "otp.code-invalid" });
    assert.throws(() => fallback.totp({ secret: "AAAA" }, now), { code: "otp.secret-invalid" });
    assert.throws(() => fallback.totp(totp, 1.5), { code: "input.invalid" });
    assert.throws(() => fallback.totp(totp, -1), { code: "input.invalid" });
    assert.throws(() => fallback.totp({ ...totp, period: 0 }, now), { code: "input.invalid" });
    assert.throws(() => fallback.readLink("otpauth://totp/ada"), { code: "otp.link-invalid" });
  });
});

describe("recovery codes", () => {
  test("are stored as PBKDF2 digests that Node computes alike, and each is used once", async () => {
    const fallback = await load();
    const { codes, hashes } = fallback.generateRecoveryCodes();
    assert.equal(new Set(codes).size, 10);
    const [format, salt, ...digests] = hashes.split("$");
    assert.equal(format, "recovery-1");
    codes.forEach((code, index) => {
      assert.match(code, /^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
      const expected = pbkdf2Sync(code.replaceAll("-", ""), Buffer.from(salt, "base64url"), 20_000, 32, "sha256").toString("base64url");
      assert.equal(digests[index], expected);
    });
    const left = fallback.useRecoveryCode(codes[3].toLowerCase().replaceAll("-", " "), hashes);
    assert.equal(left, ["recovery-1", salt, ...digests.toSpliced(3, 1)].join("$"));
    assert.equal(fallback.useRecoveryCode(codes[3], left), null);
    assert.equal(fallback.readRecoveryCode("oil1 23ab cdef ghjk"), "0111-23AB-CDEF-GHJK");
    assert.throws(() => fallback.useRecoveryCode("nothing", hashes), { code: "recovery.code-invalid" });
    assert.throws(() => fallback.useRecoveryCode(codes[0], "recovery-0$"), { code: "recovery.hashes-invalid" });
  });
});

/** The picture as a page paints it, four points a square. */
function paint({ side, path }) {
  const scale = 4;
  const width = side * scale;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, wide] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let row = y * scale; row < (Number(y) + 1) * scale; row += 1) {
      for (let column = x * scale; column < (Number(x) + Number(wide)) * scale; column += 1) data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
    }
  }
  return { width, data };
}
