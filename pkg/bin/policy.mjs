// `storefront-privacy policy`: lints a policy file, and writes everything that follows from it.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const dist = join(import.meta.dirname, "..", "dist");
const gates = { declarative: "gate.global.js", network: "gate-network.global.js", full: "gate-full.global.js" };

/** What `policy check FILE` and `policy build FILE` take. */
export const policyOptions = {
  out: { type: "string" },
  gate: { type: "string" },
  inline: { type: "boolean" },
  previous: { type: "string" },
  record: { type: "string" },
  settings: { type: "string" },
  banner: { type: "string" },
  served: { type: "string" },
  date: { type: "string" },
};

/** Gives the exit code: 0, 1 when a file cannot be read, 2 when the policy is refused. */
export async function policy(command, file, values, refuse) {
  if (command !== "check" && command !== "build") return refuse(command ? `no command \`policy ${command}\`` : "expected policy check or policy build");
  if (file === undefined) return refuse("expected a policy file");
  const forBuild = Object.keys(policyOptions).filter((name) => values[name] !== undefined);
  if (command === "check" && forBuild.length > 0) return refuse(`--${forBuild[0]} goes with policy build`);
  if (command === "build" && values.out === undefined) return refuse("expected --out DIR");
  const kind = values.gate ?? "full";
  if (!Object.hasOwn(gates, kind)) return refuse("expected --gate declarative, network or full");
  if (values.date !== undefined && !/^\d{4}-\d\d-\d\d$/.test(values.date)) return refuse("expected --date as YYYY-MM-DD");
  if (!existsSync(join(dist, "tools.js"))) return fail("the package is not built: it has no dist/tools.js");
  const [text, previous] = [file, values.previous].map((path) => (path === undefined ? undefined : read(path)));
  if (text === null || previous === null) return 1;
  const { load } = await import("../dist/tools.js");
  const tools = await load();
  const findings = tools.check(text);
  if (values.json) process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  else for (const { path, reason, rule } of findings) process.stderr.write(`${path}: ${reason} (${rule})\n`);
  if (findings.length > 0) return 2;
  if (command === "check") {
    if (!values.json) process.stdout.write(`${file}: nothing to object to\n`);
    return 0;
  }
  return write(tools, text, previous, kind, values);
}

function write(tools, text, previous, kind, values) {
  const base = (values.base ?? "").replace(/\/+$/, "");
  let site;
  try {
    site = tools.build(
      text,
      {
        gateSource: readFileSync(join(dist, gates[kind]), "utf8").trim(),
        styleSource: readFileSync(join(dist, "styles/banner.css"), "utf8").trim(),
        gateHref: `${base}/${gates[kind]}`,
        stylesheetHref: `${base}/styles/banner.css`,
        inline: values.inline === true,
        policyHref: values.served ?? "/privacy.json",
        recordHref: values.record ?? "",
        settingsHref: values.settings ?? "",
        bannerScriptHref: values.banner ?? "",
        today: values.date ?? new Date().toISOString().slice(0, 10),
      },
      previous,
    );
  } catch (error) {
    process.stderr.write(`${error.code}: ${error.message}\n`);
    return 2;
  }
  const folder = resolve(values.out);
  mkdirSync(folder, { recursive: true });
  const own = JSON.parse(text);
  const files = {
    "head.html": site.head,
    "gate.json": `${JSON.stringify(site.gate, null, 2)}\n`,
    "gpc.json": `${site.gpc}\n`,
    "csp.txt": `${site.csp}\n`,
    "sri.json": `${JSON.stringify(site.integrity, null, 2)}\n`,
    "privacy.json": `${JSON.stringify(site.changes.length > 0 ? { ...own, changes: site.changes } : own, null, 2)}\n`,
  };
  if (site.choices !== "") files["choices.html"] = `${site.choices}\n`;
  for (const [language, html] of Object.entries(site.banners)) files[language === own.language ? "banner.html" : `banner.${language}.html`] = `${html}\n`;
  for (const [name, contents] of Object.entries(files)) writeFileSync(join(folder, name), contents);
  process.stdout.write(`${Object.keys(files).sort().map((name) => join(values.out, name)).join("\n")}\n`);
  return 0;
}

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    fail(`cannot read ${path}: ${error.code ?? error.message}`);
    return null;
  }
}

function fail(reason) {
  process.stderr.write(`${reason}\n`);
  return 1;
}
