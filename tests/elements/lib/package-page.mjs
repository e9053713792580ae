/** A bare page beside the built package, under the strict policy: for tests of the verbs and of the gate by themselves. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";

const dist = join(import.meta.dirname, "../../../pkg/dist");
const types = { ".js": "text/javascript", ".wasm": "application/wasm" };
const strict = {
  "default-src": "'none'",
  "script-src": "'self' 'wasm-unsafe-eval'",
  "style-src": "'self'",
  "connect-src": "'self'",
  "require-trusted-types-for": "'script'",
  "trusted-types": "storefront-privacy",
};

/**
 * Serves the package and one page.
 *
 * `answers` maps a path to `(response, file) => void`, for a file that is to fail; `policy` changes single directives
 * of the page's policy; `headers` are further ones of the page; `head` and `body` are what is in it. A test sets them, `reset()`
 * forgets them.
 */
export async function servePackage() {
  const site = { origin: "", answers: {}, policy: {}, headers: {}, head: "", body: "", requested: [], reset, stop };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, site.origin);
    site.requested.push(pathname);
    answer(site, pathname, response).catch(() => response.writeHead(404).end());
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A passkey's relying party is a name, not an address.
  site.origin = `http://localhost:${server.address().port}`;
  return site;

  function reset() {
    Object.assign(site, { answers: {}, policy: {}, headers: {}, head: "", body: "", requested: [] });
  }
  function stop() {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  }
}

async function answer(site, pathname, response) {
  if (pathname === "/") {
    const policy = Object.entries({ ...strict, ...site.policy }).map(([name, sources]) => `${name} ${sources}`);
    response.writeHead(200, { "content-type": "text/html", "content-security-policy": policy.join("; "), ...site.headers });
    response.end(`<!doctype html><html lang="en"><head><title>Package</title>${site.head}</head><body>${site.body}</body></html>`);
    return;
  }
  const own = site.answers[pathname];
  if (typeof own === "string") {
    response.writeHead(200, { "content-type": "text/javascript" }).end(own);
    return;
  }
  const file = await readFile(join(dist, pathname));
  if (own) {
    own(response, file);
    return;
  }
  response.writeHead(200, { "content-type": types[extname(pathname)] ?? "text/plain", "cache-control": "no-store" }).end(file);
}
