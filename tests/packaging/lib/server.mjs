/** A static server under the strictest policy that the package promises to work with. */
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

export const strictPolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
  "form-action 'self'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types storefront-privacy";

const types = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

/**
 * Serves a folder.
 *
 * @param {string} directory
 * @param {string} [policy] its Content-Security-Policy
 */
export async function serve(directory, policy = strictPolicy) {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    try {
      const body = await readFile(join(directory, path.endsWith("/") ? `${path}index.html` : path));
      const type = types[extname(path)] ?? (path.endsWith("/") ? types[".html"] : "application/octet-stream");
      response.writeHead(200, { "content-type": type, "content-security-policy": policy }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://localhost:${server.address().port}`, stop: () => new Promise((resolve) => server.close(resolve)) };
}
