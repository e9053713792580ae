// `storefront-privacy receipt`: checks a file of receipts, as a shopper downloads it.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

const dist = join(import.meta.dirname, "..", "dist");

const options = {
  keys: { type: "string" },
  witness: { type: "string", multiple: true },
  log: { type: "string" },
  json: { type: "boolean" },
};

/** `receipt verify FILE`. Gives the exit code: 0 when everything holds, 1 when a file or the log cannot be read, 2 when it is refused. */
export async function receipt(words, refuse) {
  let parsed;
  try {
    parsed = parseArgs({ args: words, allowPositionals: true, options });
  } catch (error) {
    return refuse(error.message);
  }
  const { values, positionals } = parsed;
  const [command, file, ...others] = positionals;
  if (command !== "verify") return refuse(command ? `no command \`receipt ${command}\`` : "expected receipt verify");
  if (file === undefined || others.length > 0) return refuse("expected one file of receipts");
  if (!existsSync(join(dist, "consent-receipts.inline.js"))) return fail("the package is not built: it has no dist/consent-receipts.inline.js");
  const { load } = await import("../dist/consent-receipts.inline.js");
  const receipts = await load();
  try {
    const text = read(file);
    const jwks = values.keys === undefined ? { keys: [] } : JSON.parse(values.keys.startsWith("http") ? await get(values.keys) : read(values.keys));
    const shop = jwks.keys.map((key) => receipts.thumbprint(key));
    const sizes = values.log === undefined ? [] : receipts.sizes(text);
    const today = await Promise.all(sizes.map((size) => get(`${values.log}?from=${size}`)));
    const report = receipts.verify(text, { shop, witness: values.witness ?? [], today });
    process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : inWords(report));
    return report.holds ? 0 : 2;
  } catch (error) {
    process.stderr.write(`${error.code ?? "input.invalid"}: ${error.message}\n`);
    return String(error.code ?? "").startsWith("consent.") ? 2 : 1;
  }
}

function inWords({ holds, receipts, checks }) {
  const lines = receipts.flatMap(({ id, at, origin, policy, purposes }, position) => [
    `${id}: ${origin}, ${new Date(at * 1_000).toISOString()}, policy ${policy}`,
    ...purposes.map(({ name, status }) => `  ${name}: ${status}`),
    ...checks.filter((check) => check.receipt === position).map(({ check, outcome, because }) => `  ${outcome === "holds" ? "✓" : outcome === "fails" ? "✗" : "–"} ${check}: ${because}`),
  ]);
  const unread = checks.filter(({ receipt, outcome }) => receipt >= receipts.length && outcome === "fails");
  lines.push(...unread.map(({ receipt, check, because }) => `receipt ${receipt + 1}: ✗ ${check}: ${because}`));
  return `${[...lines, holds ? "Everything that can be checked holds." : "This does not hold."].join("\n")}\n`;
}

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new Error(`cannot read ${path}: ${error.code ?? error.message}`, { cause: error });
  }
}

async function get(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} was answered with ${response.status}`);
  return response.text();
}

function fail(reason) {
  process.stderr.write(`${reason}\n`);
  return 1;
}
