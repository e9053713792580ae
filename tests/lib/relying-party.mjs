/** A site that serves the built package and keeps what is sent to it: the page of a relying party, without its rules. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { extname, join } from "node:path";
import { ROOT } from "./shop.mjs";

const DIST = join(ROOT, "pkg/dist");
const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm" };

/**
 * @param {object} [how]
 * @param {{ key: string, cert: string }} [how.tls] served by HTTPS where given
 * @param {string[]} [how.related] what `/.well-known/webauthn` lists
 * @returns `received`: what pages sent; `close`
 */
export async function startRelyingParty({ tls, related } = {}) {
  const received = [];
  const answer = async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const send = (type, body) => response.writeHead(200, { "content-type": type }).end(body);
    if (request.method === "POST") {
      const chunks = await request.toArray();
      received.push({ path: request.url, body: Buffer.concat(chunks).toString() });
      send("application/json", "{}");
    } else if (pathname === "/") {
      send("text/html", "<!doctype html><title>Relying party</title><input autocomplete='username webauthn'>");
    } else if (pathname === "/.well-known/webauthn" && related) {
      send("application/json", JSON.stringify({ origins: related }));
    } else {
      try {
        send(TYPES[extname(pathname)] ?? "text/plain", readFileSync(join(DIST, pathname)));
      } catch {
        response.writeHead(404).end();
      }
    }
  };
  const server = tls ? createSecureServer(tls, answer) : createServer(answer);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  return {
    port,
    origin: `http://localhost:${port}`,
    received,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
