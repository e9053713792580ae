/** What a page downloads, in brotli bytes: ours bundled and minified as a shop would, beside its peers bundled the same way. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";

import { row } from "./rows.mjs";

/** @param {string} root the repository */
export async function measureSizes(root) {
  const dist = join(root, "pkg/dist");
  const peers = join(import.meta.dirname, "node_modules");
  const [gate, bannerScript, sheet, cookieconsent, cookieconsentSheet, orejime, orejimeSheet] = await Promise.all([
    file(dist, "gate.global.js"),
    bundled(`import ${JSON.stringify(join(dist, "elements/consent-banner.js"))}`),
    file(dist, "styles/banner.css"),
    file(peers, "vanilla-cookieconsent/dist/cookieconsent.umd.js"),
    file(peers, "vanilla-cookieconsent/dist/cookieconsent.css"),
    file(peers, "orejime/dist/orejime-standard-en.js"),
    file(peers, "orejime/dist/orejime-standard.css"),
  ]);
  const consent = gate + bannerScript + sheet;
  const password = (await bundled(`export { load } from ${JSON.stringify(join(dist, "password.js"))}`)) + (await file(dist, "worker/password.js")) + (await file(dist, "wasm/password.wasm"));
  const payment = (await bundled(`export { load } from ${JSON.stringify(join(dist, "payment.js"))}`)) + (await file(dist, "wasm/payment.wasm"));
  const rows = [
    ["consent.page.brotli", consent, "vanilla-cookieconsent 3.1.0", cookieconsent + cookieconsentSheet, 1],
    ["consent.page.brotli", consent, "orejime 3.2.1", orejime + orejimeSheet, 1],
    ["password.total.brotli", password, "zxcvbn 4.4.2", await bundled('export { default } from "zxcvbn"'), 1],
    ["payment.total.brotli", payment, "node-forge 1.4.3", await bundled('export { default } from "node-forge"'), 1],
    ["payment.total.brotli", payment, "jose 6.2.18, CompactEncrypt and importJWK", await bundled('export { CompactEncrypt, importJWK } from "jose"'), null],
    ["passkey.script.brotli", await bundled(`export { load } from ${JSON.stringify(join(dist, "passkey.js"))}`), "@simplewebauthn/browser 14.0.0", await bundled('export * from "@simplewebauthn/browser"'), null],
  ];
  return rows.map(([id, ours, peer, figure, target]) => row({ id, unit: "B", ours, peer, figure, target }));
}

async function file(folder, name) {
  return brotliCompressSync(await readFile(join(folder, name))).length;
}

async function bundled(contents) {
  const options = { bundle: true, minify: true, format: "esm", target: "es2022", write: false };
  const { outputFiles } = await build({ ...options, stdin: { contents, resolveDir: import.meta.dirname } });
  return brotliCompressSync(outputFiles[0].contents).length;
}
