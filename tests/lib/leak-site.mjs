/** A shop whose pages try to send something to a tracker, and the tracker, which remembers from which page something came. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

/** @returns {Promise<{tracker: string, reached: Set<string>, gateTag: (more?: string) => string, page: (id: string, about: object, head: string) => string, stop: () => void}>} */
export async function startLeakSite() {
  const gate = await readFile(new URL("../../pkg/dist/gate-full.global.js", import.meta.url));
  const reached = new Set();
  const pages = new Map();
  const tracker = await listen((request, response) => {
    reached.add(request.url.split("/")[1]);
    response.writeHead(200, { "access-control-allow-origin": "*", "content-type": "text/javascript" }).end("globalThis.ran = true");
  });
  tracker.server.on("upgrade", (request, socket) => {
    reached.add(request.url.split("/")[1]);
    socket.destroy();
  });
  const shop = await listen((request, response) => {
    if (request.url === "/gate.js") response.writeHead(200, { "content-type": "text/javascript" }).end(gate);
    else response.writeHead(200, { "content-type": "text/html" }).end(pages.get(request.url) ?? "<!doctype html><title>Nothing</title>");
  });

  return {
    tracker: tracker.origin,
    reached,
    gateTag: (more = "") => `<script src="/gate.js" data-policy="1" data-purposes="stats ads" data-rules="stats=${tracker.origin}" ${more}></script>`,
    /** Makes a page of the shop's, and gives its address. */
    page(id, { html = "", run = "" }, head) {
      const url = `${tracker.origin}/${id}/a.js`;
      const fill = (text) => text.replaceAll("{url}", url);
      pages.set(`/${id}`, `<!doctype html><html lang="en"><head><title>Shop</title>${head}</head><body>${fill(html)}<script>${fill(run)}</script></body></html>`);
      return `${shop.origin}/${id}`;
    },
    stop() {
      for (const { server } of [shop, tracker]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

function listen(answer) {
  const server = createServer(answer);
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve({ server, origin: `http://localhost:${server.address().port}` }));
  });
}
