/** A page with the built elements under the strict policy, and a server whose answers a test decides. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const DIST = join(import.meta.dirname, "../../../pkg/dist");

/** The policy of every page: what the package promises to work under. */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types storefront-privacy",
].join("; ");

const TYPES = { ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".json": "application/json" };

const SHEET = `:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 40rem; margin: 0 auto; padding: 1rem; background: light-dark(#fff, #14181c); color: light-dark(#1b1f24, #eef1f4); }
label:not([slot]) { display: block; }
input:not([slot]) { font: inherit; padding: 0.5rem; inline-size: 100%; box-sizing: border-box; }
`;

/**
 * @typedef {{status?: number, headers?: Record<string, string | string[]>, body?: unknown, delay?: number}} Answer `body` is sent as JSON unless it is text
 * @typedef {(request: {method: string, path: string, query: URLSearchParams, body: string, headers: Record<string, string>}) => Answer | undefined | Promise<Answer | undefined>} Route
 */

/** @returns {Promise<Site>} */
export async function startSite() {
  const site = new Site();
  await site.start();
  return site;
}

class Site {
  /** @type {Map<string, Route>} by `METHOD /path` or `/path`; they come before the files of the package */
  routes = new Map();
  /** @type {{method: string, path: string, query: string, body: string}[]} */
  received = [];
  #pages = new Map();
  #server = createServer((request, response) => {
    this.#answer(request, response).catch((error) => response.destroy(error));
  });

  async start() {
    await new Promise((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    // WebAuthn takes no address as a relying party: localhost it is.
    this.origin = `http://localhost:${this.#server.address().port}`;
  }

  async stop() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Forgets what a test has set up. */
  reset() {
    this.routes.clear();
    this.received.length = 0;
    this.#pages.clear();
  }

  /**
   * Publishes a page that uses some elements, and gives its address.
   *
   * @param {string} body
   * @param {{elements?: string[], head?: string, dir?: string, lang?: string, policy?: string}} [options]
   */
  page(body, { elements = [], head = "", dir = "ltr", lang = "en", policy = POLICY } = {}) {
    const path = `/page/${this.#pages.size + 1}`;
    const scripts = elements.map((name) => `<script type="module" src="/pkg/elements/${name}.js"></script>`).join("");
    const html = `<!doctype html><html lang="${lang}" dir="${dir}"><head><meta charset="utf-8"><title>Elements</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/page.css">${head}${scripts}</head>
<body><main><h1>Elements</h1>${body}</main></body></html>`;
    this.#pages.set(path, { html, policy });
    return this.origin + path;
  }

  async #answer(request, response) {
    const url = new URL(request.url, this.origin);
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const path = url.pathname;
    this.received.push({ method: request.method, path, query: url.search, body });
    const route = this.routes.get(`${request.method} ${path}`) ?? this.routes.get(path);
    const answer = route && (await route({ method: request.method, path, query: url.searchParams, body, headers: request.headers }));
    if (answer) return send(response, answer);
    const page = this.#pages.get(path);
    if (page) return send(response, { headers: { "content-type": "text/html", "content-security-policy": page.policy }, body: page.html });
    if (path === "/page.css") return send(response, { headers: { "content-type": "text/css" }, body: SHEET });
    if (path === "/favicon.ico") return send(response, { status: 204, body: "" });
    return sendFile(response, path);
  }
}

async function send(response, { status = 200, headers = {}, body = "", delay = 0 }) {
  if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
  const text = typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store", ...headers }).end(text);
}

async function sendFile(response, path) {
  const file = normalize(join(DIST, path.replace(/^\/pkg\//, "/")));
  if (!path.startsWith("/pkg/") || !file.startsWith(DIST)) return send(response, { status: 404, body: "" });
  try {
    const bytes = await readFile(file);
    // The card's frame has no origin: its one script is read from everywhere.
    const shared = path.startsWith("/pkg/frame/") ? { "access-control-allow-origin": "*" } : {};
    return await send(response, { headers: { "content-type": TYPES[extname(file)] ?? "application/octet-stream", ...shared }, body: bytes });
  } catch {
    return send(response, { status: 404, body: "" });
  }
}

/** @returns {Promise<Buffer>} a file of the package as it is built */
export const distFile = (path) => readFile(join(DIST, path));
