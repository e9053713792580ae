/** A server that nobody should reach: it remembers every path that is asked for, and every packet. */
import { createSocket } from "node:dgram";
import { createServer } from "node:http";

/** @returns {Promise<{origin: string, udpPort: number, paths: string[], packets: number, stop: () => Promise<void>}>} */
export async function startListener() {
  const listener = { origin: "", udpPort: 0, paths: [], packets: 0, stop };
  const server = createServer((request, response) => {
    listener.paths.push(request.url);
    response.writeHead(200, { "content-type": "text/javascript", "access-control-allow-origin": "*" }).end("");
  });
  server.on("upgrade", (request, socket) => {
    listener.paths.push(request.url);
    socket.destroy();
  });
  const socket = createSocket("udp4", () => (listener.packets += 1));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  await new Promise((resolve) => socket.bind(0, "127.0.0.1", resolve));
  listener.origin = `http://127.0.0.1:${server.address().port}`;
  listener.udpPort = socket.address().port;
  return listener;

  async function stop() {
    server.closeAllConnections();
    await Promise.all([new Promise((resolve) => server.close(resolve)), new Promise((resolve) => socket.close(resolve))]);
  }
}
