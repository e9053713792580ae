// The signer's side of payment keys: roots made and pinned, manifests signed, rotated and revoked.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

export const usage = `       storefront-privacy keys make-root --out FILE
       storefront-privacy keys make-key --kid NAME [--alg ALG] --out FILE
       storefront-privacy keys public FILE [--out FILE]
       storefront-privacy keys sign --root FILE --merchant NAME --origin ORIGIN… --key [carrier:]FILE…
                                    [--days 7] [--sequence 1] [--out FILE]
       storefront-privacy keys rotate MANIFEST --root FILE --key [carrier:]FILE [--overlap 24] [--out FILE]
       storefront-privacy keys revoke MANIFEST --root FILE --kid NAME [--out FILE]
       storefront-privacy keys renew MANIFEST --root FILE [--out FILE]
       storefront-privacy keys verify MANIFEST --root FILE… --merchant NAME --origin ORIGIN [--sequence 0]
       storefront-privacy keys pin --root FILE… --out FILE

  make-root   makes the key that signs; keep it where neither the shop nor its pages can read it
  make-key    makes a recipient's key: ECDH-ES+A256KW where --alg is left out; or ECDH-ES, RSA-OAEP-256, HPKE-7, HPKE-9
  public      prints the public half of a root or a key
  sign        signs a merchant's first manifest: which keys its pages may seal for, on which origins, for how many days
  rotate      puts a new key first; the recipient's others go on for --overlap hours
  revoke      takes a key out at once
  renew       signs the same keys for as long again
  verify      says what a manifest holds, or why a page would not take it
  pin         writes the public roots and the digests of this package's modules into a module of the shop's bundle
`;

const dist = join(import.meta.dirname, "..", "dist");
const modules = ["payment", "payment-hpke", "payment-rsa"];
const options = {
  alg: { type: "string", default: "ECDH-ES+A256KW" },
  days: { type: "string", default: "7" },
  key: { type: "string", multiple: true, default: [] },
  kid: { type: "string" },
  merchant: { type: "string" },
  origin: { type: "string", multiple: true, default: [] },
  out: { type: "string" },
  overlap: { type: "string", default: "24" },
  root: { type: "string", multiple: true, default: [] },
  sequence: { type: "string" },
};

class Usage extends Error {}

/** Runs one command; the exit code is 0, 1 for a file that cannot be read or written, 2 for an input that is refused. */
export async function keys(words) {
  try {
    const { values, positionals } = parse(words);
    const [command, ...files] = positionals;
    const run = commands[command];
    if (run === undefined) throw new Usage(command ? `no command \`keys ${command}\`` : "expected a command");
    await run(values, files);
    return 0;
  } catch (error) {
    if (error instanceof Usage) {
      process.stderr.write(`${error.message}\n\nusage:\n${usage}`);
      return 2;
    }
    process.stderr.write(`${error.code ?? "error"}: ${error.message}\n`);
    return String(error.code).includes(".") ? 2 : 1;
  }
}

function parse(words) {
  try {
    return parseArgs({ args: words, allowPositionals: true, options });
  } catch (error) {
    throw new Usage(error.message);
  }
}

const commands = {
  async "make-root"({ out }) {
    const { makeRoot, publicOf } = await core();
    const root = makeRoot();
    keep(required(out, "--out FILE: a private key is not printed"), root);
    print(publicOf(root));
  },
  async "make-key"({ alg, kid, out }) {
    const { makeKey, publicOf } = await core();
    const key = makeKey(required(kid, "--kid NAME"), alg);
    keep(required(out, "--out FILE: a private key is not printed"), key);
    print(publicOf(key));
  },
  async public({ out }, [file]) {
    const { publicOf } = await core();
    give(out, publicOf(read(required(file, "a key's FILE"))));
  },
  async sign({ root, merchant, origin, key, days, sequence = "1", out }) {
    const { sign, publicOf } = await core();
    if (origin.length === 0 || key.length === 0) throw new Usage("expected --origin and --key, once at least");
    const pairs = key.flatMap((item) => recipientAndKey(item, publicOf));
    give(out, sign(read(one(root)), required(merchant, "--merchant NAME"), origin, pairs, Date.now(), number(days) * 86_400, number(sequence)));
  },
  async rotate({ root, key, overlap, out }, [file]) {
    const { rotate, publicOf } = await core();
    const [recipient, jwk] = recipientAndKey(one(key), publicOf);
    give(out, rotate(read(one(root)), manifest(file), recipient, jwk, Date.now(), number(overlap) * 3_600));
  },
  async revoke({ root, kid, out }, [file]) {
    const { revoke } = await core();
    give(out, revoke(read(one(root)), manifest(file), required(kid, "--kid NAME"), Date.now()));
  },
  async renew({ root, out }, [file]) {
    const { renew } = await core();
    give(out, renew(read(one(root)), manifest(file), Date.now()));
  },
  async verify({ root, merchant, origin, sequence = "0" }, [file]) {
    const { verify, publicOf } = await core();
    const found = JSON.parse(verify(list(root, publicOf), manifest(file), required(merchant, "--merchant NAME"), one(origin), Date.now(), number(sequence)));
    const until = (seconds) => (seconds > 250_000_000_000 ? "as long as it is renewed" : new Date(seconds * 1000).toISOString());
    print(
      [
        `${found.merchant}, number ${found.sequence}, until ${until(found.expires)}`,
        ...found.origins.map((name) => `  origin ${name}`),
        ...found.keys.map(({ kid, alg, recipient, exp }) => `  key ${kid} (${alg}) for the ${recipient}, ${exp > 250_000_000_000 ? "" : "until "}${until(exp)}`),
      ].join("\n"),
    );
  },
  async pin({ root, out }) {
    const { publicOf, verifyRoots } = await core();
    const roots = list(root, publicOf);
    verifyRoots(roots);
    const digests = modules.map((name) => [name, `sha256-${createHash("sha256").update(readFileSync(join(dist, "wasm", `${name}.wasm`))).digest("base64")}`]);
    const text = `// Written by \`npx storefront-privacy keys pin\`, to be run again with each version of the package:
//     import { load } from "storefront-privacy/payment";
//     import { integrity, roots } from "./${required(out, "--out FILE").split("/").pop()}";
//     await load({ integrity, roots });
export const roots = ${JSON.stringify(JSON.parse(roots), null, 2)};
export const integrity = ${JSON.stringify(Object.fromEntries(digests), null, 2)};
`;
    writeFileSync(out, text);
  },
};

/** The module of the core that signs. */
async function core() {
  const file = join(dist, "wasm", "payment-tools.wasm");
  if (!existsSync(file)) throw Object.assign(new Error("the package is not built: it has no dist/wasm/payment-tools.wasm"), { code: "missing" });
  const { default: create } = await import("../dist/glue/payment-tools.js");
  const glue = create();
  await glue.default(await globalThis.WebAssembly.compile(readFileSync(file)));
  return glue;
}

function recipientAndKey(item, publicOf) {
  const carrier = item.startsWith("carrier:");
  return [carrier ? "carrier" : "processor", publicHalf(read(carrier ? item.slice("carrier:".length) : item), publicOf)];
}

/** A key may be given as either half. */
function publicHalf(text, publicOf) {
  const jwk = JSON.parse(text);
  return "d" in jwk || "priv" in jwk ? publicOf(text) : text;
}

function list(files, publicOf) {
  if (files.length === 0 || files.length > 2) throw new Usage("expected --root FILE, once or twice");
  return `[${files.map((file) => publicHalf(read(file), publicOf)).join(",")}]`;
}

function manifest(file) {
  return read(required(file, "a MANIFEST's file")).trim();
}

function one(values) {
  if (values.length !== 1) throw new Usage("expected --root, --key and --origin once each here");
  return values[0];
}

function required(value, what) {
  if (value === undefined) throw new Usage(`expected ${what}`);
  return value;
}

function number(text) {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new Usage(`expected a number, found \`${text}\``);
  return value;
}

function read(file) {
  return readFileSync(file, "utf8");
}

/** A private key, for its owner alone, and never over another one. */
function keep(file, text) {
  writeFileSync(file, `${text}\n`, { mode: 0o600, flag: "wx" });
}

function give(file, text) {
  if (file === undefined) print(text);
  else writeFileSync(file, `${text}\n`);
}

function print(text) {
  process.stdout.write(`${text}\n`);
}
