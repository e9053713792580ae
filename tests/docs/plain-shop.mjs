/** An existing plain page that a shop adds the examples to: files as `npx storefront-privacy copy` lays them out, a strict policy. */
import { execFileSync } from "node:child_process";
import { webcrypto } from "node:crypto";
import { mkdtempSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve } from "node:path";

import { makeRoot } from "../lib/manifest.mjs";

const root = resolve(import.meta.dirname, "../..");
const types = { ".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".wasm": "application/wasm" };
const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
  "form-action 'self'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types storefront-privacy";

export async function startPlainShop() {
  mkdirSync(join(root, "target/docs"), { recursive: true });
  const directory = mkdtempSync(join(root, "target/docs/shop-"));
  execFileSync("node", [join(root, "pkg/bin/storefront-privacy.mjs"), "copy", join(directory, "privacy")]);
  const privacy = JSON.parse(readFileSync(join(root, "www/pages/privacy.json"), "utf8"));
  const { publicKey } = await webcrypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
  const { x, y } = await webcrypto.subtle.exportKey("jwk", publicKey);
  const json = {
    "/privacy.json": { ...privacy, version: "1" },
    "/passkeys/options": { ceremony: "1", publicKey: { challenge: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", rpId: "localhost", timeout: 300_000 } },
  };
  const signer = await makeRoot();
  const keys = [{ kty: "EC", crv: "P-256", alg: "ECDH-ES+A256KW", use: "enc", kid: "plain", x, y }];
  // What `keys pin` writes, and the line that the example shows beside it.
  const pinned = `import { pin } from "/privacy/payment.js"; pin({ roots: ${JSON.stringify(signer.roots)} });`;
  const pages = new Map();
  const scripts = new Map();
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, "http://localhost").pathname);
    const send = (type, body) => response.writeHead(200, { "content-type": type, "content-security-policy": policy, "access-control-allow-origin": "*" }).end(body);
    if (path in json) return send(types[".json"], JSON.stringify(json[path]));
    if (path === "/payment-start.js") return send(types[".js"], pinned);
    if (path === "/tracker.js") return send(types[".js"], "globalThis.tracked = true;");
    if (path === "/checkout") return send("text/html", "<!doctype html><title>Thank you</title>");
    if (scripts.has(path)) return send(types[".js"], scripts.get(path));
    if (pages.has(path)) return send("text/html; charset=utf-8", pages.get(path));
    try {
      return send(types[extname(path)] ?? "application/octet-stream", readFileSync(join(directory, path)));
    } catch {
      return response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const origin = `http://localhost:${server.address().port}`;
  json["/keys.json"] = { manifest: await signer.sign({ keys, origins: [origin] }) };
  return {
    /** Gives the address of a page with this body. */
    serve(body) {
      const path = `/page-${pages.size}`;
      pages.set(path, `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Plain shop</title></head><body>${body}</body></html>`);
      return origin + path;
    },
    /** Gives the address of a script: an example that imports the package by name, as a bundler would resolve it. */
    script(text) {
      const path = `/script-${scripts.size}.js`;
      scripts.set(path, text.replaceAll(/"storefront-privacy\/([\w/-]+)"/g, '"/privacy/$1.js"'));
      return path;
    },
    /** Answers a path with this JSON. */
    answer(path, body) {
      json[path] = body;
    },
    stop: () => new Promise((closed) => server.close(() => closed(rmSync(directory, { recursive: true })))),
  };
}
