/** Serves the built package, the peers, and the bench pages with their scripts, all compressed as a shop's server would. */
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";

const types = { ".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml", ".wasm": "application/wasm" };
const html = "text/html; charset=utf-8";

/** A page of its own has a clock of 5 µs; any other has one of 100 µs (High Resolution Time, "coarsen time"). */
const isolated = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

/**
 * @param {string} root the repository
 * @param {{path: string, html: string, files: Record<string, string>}[]} pages
 */
export async function serve(root, pages) {
  const folders = {
    "/pkg/": join(root, "pkg/dist"),
    "/peers/vanilla-cookieconsent/": join(import.meta.dirname, "node_modules/vanilla-cookieconsent/dist"),
    "/peers/klaro/": join(import.meta.dirname, "node_modules/klaro/dist"),
    "/peers/orejime/": join(import.meta.dirname, "node_modules/orejime/dist"),
  };
  const made = new Map([["/blank", [html, "<!doctype html><title>Bench</title>"]]]);
  for (const page of pages) {
    made.set(page.path, [html, page.html]);
    for (const [path, text] of Object.entries(page.files)) made.set(path, [types[extname(path)], text]);
  }
  made.set("/privacy.json", [types[".json"], await readFile(join(root, "www/pages/privacy.json"), "utf8")]);
  for (const name of ["password", "password-inside", "cold", "cold-zxcvbn", "passkey", "payment"]) made.set(`/bench/${name}.js`, [types[".js"], await bundle(name)]);

  const compressed = new Map();
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, "http://localhost").pathname);
    try {
      if (!compressed.has(path)) compressed.set(path, await answer(path));
      const [type, body] = compressed.get(path);
      response.writeHead(200, { "content-type": type, "content-encoding": "br", ...isolated }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://localhost:${server.address().port}`, stop: () => new Promise((resolve) => server.close(resolve)) };

  async function answer(path) {
    const [type, body] = made.get(path) ?? (await fromFolder(path));
    return [type, brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })];
  }

  async function fromFolder(path) {
    const prefix = Object.keys(folders).find((candidate) => path.startsWith(candidate));
    return [types[extname(path)], await readFile(join(folders[prefix], path.slice(prefix.length)))];
  }
}

async function bundle(name) {
  const entry = join(import.meta.dirname, "pages", `${name}.js`);
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, minify: true, format: "esm", target: "es2022", external: ["/pkg/*"], write: false });
  return outputFiles[0].text;
}
