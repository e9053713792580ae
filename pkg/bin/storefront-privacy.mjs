#!/usr/bin/env node
// What a shop without a bundler needs: the files, and the tags that name them.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { parseArgs } from "node:util";
import { keys, usage as keysUsage } from "./keys.mjs";
import { policy, policyOptions } from "./policy.mjs";
import { receipt } from "./receipt.mjs";

const usage = `usage: storefront-privacy copy DIR [--base ADDRESS]
       storefront-privacy explain STRING [--vendor-list FILE] [--json]
       storefront-privacy policy check FILE [--json]
       storefront-privacy policy build FILE --out DIR [--base ADDRESS] [--gate declarative|network|full] [--inline]
                         [--previous FILE] [--served ADDRESS] [--record ADDRESS] [--settings ADDRESS]
                         [--banner ADDRESS] [--date DATE]
       storefront-privacy receipt verify FILE [--keys JWKS] [--log ADDRESS] [--witness THUMBPRINT] [--json]
       storefront-privacy well-known DIR [--origin ORIGIN]... [--enroll ADDRESS] [--manage ADDRESS] [--prf-usage ADDRESS]
${keysUsage}
  copy DIR    copies the scripts, modules, workers and styles that a page without a bundler needs into DIR,
              and prints the tags that name them, with their digests
  --base      where the shop serves DIR; its name at the root, such as /assets, where left out

  explain STRING    says in words what a TC string, a GPP string, a US privacy string or an Additional Consent
                    string says, field by field; a string that starts with - goes after --
  --vendor-list     a vendor list's file: vendors and purposes are named from it
  --json            for programs

  policy check FILE    says everything that is wrong with a policy file: its form, missing facts, unequal choices, boxes
                       that are ticked ahead, unclear texts, origins that are not named, languages nobody has reviewed
  policy build FILE    the same, and writes into DIR what follows from the file: the banner's HTML, the tags for the
                       page's head, the link to the settings, the gate's configuration, gpc.json, a content security
                       policy, digests, and the policy to serve
  --out DIR         where to
  --base            where the shop serves the package's files
  --gate            declarative holds what the page marks, network also what scripts send and store, full, the default,
                    also elements that scripts make
  --inline          gate and sheet stand in the page, and the content security policy names their hashes
  --previous FILE   the policy before this one: what has changed is told to who decided under it
  --served          where the policy is served; /privacy.json where left out
  --record, --settings    where records are posted, and where the privacy settings are
  --banner          where the banner's script is served: the gate loads it where there is something to ask
  --date            the day that gpc.json says; today where left out

  receipt verify FILE    says whether a file of receipts of consent holds: signatures, chain, place in the shop's log
  --keys, --log     the shop's keys, a file or an address, and its log's address: whether it still begins as it did
  --witness         the thumbprint of a witness's key
  well-known DIR    writes webauthn (the origins that may use the site's passkeys, for which --origin is given once each) and
                    passkey-endpoints (where passkeys are added, managed and explained) into DIR, to be served under /.well-known/
                    as application/json

The exit code is 0, 1 when the package is not built or a file cannot be read, 2 for an input that is refused.
`;

const dist = join(import.meta.dirname, "..", "dist");
const banner = "styles/banner.css";
const capabilities = ["password", "password-generate", "passkey", "passkey-fallback", "payment", "payment-hpke", "payment-rsa", "consent", "consent-iab", "consent-minimise", "consent-receipts", "consent-signals"];
const options = {
  base: { type: "string" },
  "vendor-list": { type: "string" },
  json: { type: "boolean" },
  origin: { type: "string", multiple: true },
  enroll: { type: "string" },
  manage: { type: "string" },
  "prf-usage": { type: "string" },
  ...policyOptions,
  help: { type: "boolean", short: "h" },
};

process.exitCode = await main(process.argv.slice(2));

async function main(words) {
  if (words[0] === "receipt") return receipt(words.slice(1), refuse);
  if (words[0] === "keys" && !words.includes("--help") && !words.includes("-h")) return keys(words.slice(1));
  let parsed;
  try {
    parsed = parseArgs({ args: words, allowPositionals: true, options });
  } catch (error) {
    return refuse(error.message);
  }
  const { values, positionals } = parsed;
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const [command, folder, ...others] = positionals;
  const named = [values.enroll, values.manage, values["prf-usage"]].some((value) => value !== undefined);
  if (command === "well-known") {
    if (values.base !== undefined || values["vendor-list"] !== undefined || values.json) return refuse("--base, --vendor-list and --json go with other commands");
    if (folder === undefined || others.length > 0) return refuse("expected one folder to write to");
    if (values.origin === undefined && !named) return refuse("expected --origin, --enroll, --manage or --prf-usage");
    return wellKnown(resolve(folder), values, named);
  }
  if (values.origin !== undefined || named) return refuse("--origin, --enroll, --manage and --prf-usage go with well-known");
  if (command === "policy") {
    if (values["vendor-list"] !== undefined) return refuse("--vendor-list goes with explain");
    if (others.length > 1) return refuse("expected one policy file");
    return policy(folder, others[0], values, refuse);
  }
  const forPolicy = Object.keys(policyOptions).find((name) => values[name] !== undefined);
  if (forPolicy !== undefined) return refuse(`--${forPolicy} goes with policy build`);
  if (command === "explain") {
    if (values.base !== undefined) return refuse("--base goes with copy");
    if (folder === undefined || others.length > 0) return refuse("expected one string to explain");
    return explain(folder, values["vendor-list"], values.json);
  }
  if (values["vendor-list"] !== undefined || values.json) return refuse("--vendor-list and --json go with explain");
  if (command !== "copy") return refuse(command ? `no command \`${command}\`` : "expected a command");
  if (!folder || others.length > 0) return refuse("expected one folder to copy to");
  return copy(resolve(folder), (values.base ?? `/${basename(resolve(folder))}`).replace(/\/+$/, ""));
}

/** Puts a string into words. Errors are one line: code, then what was expected and where. */
async function explain(string, listFile, asJson) {
  let list;
  try {
    if (listFile !== undefined) list = readFileSync(listFile, "utf8");
  } catch (error) {
    process.stderr.write(`cannot read ${listFile}: ${error.code ?? error.message}\n`);
    return 1;
  }
  if (!existsSync(join(dist, "consent-signals.inline.js"))) {
    process.stderr.write("the package is not built: it has no dist/consent-signals.inline.js\n");
    return 1;
  }
  const { load } = await import("../dist/consent-signals.inline.js");
  const signals = await load();
  try {
    const explained = signals.explain(string, list);
    const lines = explained.lines.map(({ path, value, meaning }) => `${path}: ${value} (${meaning})`);
    process.stdout.write(asJson ? `${JSON.stringify(explained, null, 2)}\n` : `${[explained.title, ...lines].join("\n")}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${error.code}: ${error.message}\n`);
    return 2;
  }
}

/** Writes the files that a site with passkeys serves; those that say nothing are left out. */
async function wellKnown(folder, { origin, enroll, manage, "prf-usage": prfUsageDetails }, named) {
  if (!existsSync(join(dist, "well-known.js"))) {
    process.stderr.write("the package is not built: it has no dist/well-known.js\n");
    return 1;
  }
  const { passkeyEndpoints, relatedOrigins } = await import("../dist/well-known.js");
  try {
    const files = {};
    if (origin !== undefined) files.webauthn = relatedOrigins(origin);
    if (named) files["passkey-endpoints"] = passkeyEndpoints({ enroll, manage, prfUsageDetails });
    mkdirSync(folder, { recursive: true });
    for (const [name, json] of Object.entries(files)) {
      writeFileSync(join(folder, name), `${json}\n`);
      process.stdout.write(`${join(folder, name)}: ${json}\n`);
    }
    return 0;
  } catch (error) {
    process.stderr.write(`${error.code}: ${error.message}\n`);
    return error.code === "input.invalid" ? 2 : 1;
  }
}

function refuse(reason) {
  process.stderr.write(`${reason}\n\n${usage}`);
  return 2;
}

function copy(folder, base) {
  if (!existsSync(dist)) {
    process.stderr.write("the package is not built: it has no dist\n");
    return 1;
  }
  const files = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dist, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter(needed)
    .sort();
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(dist, file), join(folder, file));
  }
  process.stdout.write(tags(files, base));
  return 0;
}

/** Types are for bundlers and editors, inlined modules for those that cannot fetch, glue within `wasm` for the build. */
function needed(file) {
  if (file.includes("payment-tools")) return false;
  if (file.startsWith("wasm/")) return file.endsWith(".wasm");
  if (file.startsWith("data/")) return true;
  if (file.endsWith(".css")) return file === banner;
  return file.endsWith(".js") && !file.startsWith("inline/") && !file.endsWith(".inline.js");
}

function tags(files, base) {
  const integrity = (file) => `integrity="${digest(readFileSync(join(dist, file)), "sha384")}"`;
  const elements = files.filter((file) => /^elements\/[^/]+\.js$/.test(file));
  const map = importMap(files, elements, base);
  return `<!-- The consent gate, before every script that it holds: the policy's version, its purposes, what may be released. -->
<script src="${base}/gate.global.js" ${integrity("gate.global.js")} data-policy="1" data-purposes="analytics" data-release="https://stats.example/script.js"></script>
<script type="text/plain" data-purpose="analytics" data-src="https://stats.example/script.js"></script>

<!-- The names that the shop's own modules import, as in: import { load } from "storefront-privacy/password";
     and the digests of every module. It stands before the first module. A strict policy needs, in script-src:
     '${digest(map, "sha256")}' -->
<script type="importmap">${map}</script>

<!-- Elements: those that the page uses. -->
${elements.map((file) => `<script type="module" src="${base}/${file}" ${integrity(file)}></script>`).join("\n")}

<!-- For a banner that is rendered ahead of time. -->
<link rel="stylesheet" href="${base}/${banner}" ${integrity(banner)}>
`;
}

function importMap(files, elements, base) {
  const imports = {};
  for (const name of [...capabilities, "clear", "gate", "import-consent", "receipts"]) imports[`storefront-privacy/${name}`] = `${base}/${name}.js`;
  for (const file of elements) imports[`storefront-privacy/${file.replace(/\.js$/, "")}`] = `${base}/${file}`;
  const modules = files.filter((file) => file.endsWith(".js") && file !== "gate.global.js" && !file.startsWith("worker/"));
  const integrity = Object.fromEntries(modules.map((file) => [`${base}/${file}`, digest(readFileSync(join(dist, file)), "sha384")]));
  return JSON.stringify({ imports, integrity });
}

function digest(contents, algorithm) {
  return `${algorithm}-${createHash(algorithm).update(contents).digest("base64")}`;
}
