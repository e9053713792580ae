/**
 * A reverse proxy between a browser and the shop, the same for every engine: it remembers each request with its body,
 * and lets a test break an answer on its way (wrong type, truncated, late, missing, another policy).
 */
import { createServer, request as send } from "node:http";

/**
 * @typedef {object} Exchange
 * @property {string} method
 * @property {string} url path and query
 * @property {Record<string, string>} headers of the request
 * @property {string} body of the request, as UTF-8
 * @property {number | undefined} status of the answer, once there is one
 */

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {Record<string, string | string[]>} headers
 * @property {Buffer} body
 */

/**
 * A fault sees a request and what the shop answered. It returns another answer, `undefined` to let it pass, or `"drop"`
 * to cut the connection.
 *
 * @typedef {(exchange: Exchange, answer: Answer) => Answer | "drop" | undefined | Promise<Answer | "drop" | undefined>} Fault
 */

// Where the browser reports what the page's policy refused: the one way to hear of it that is the same in every engine.
const REPORTS = "/recorder/violations";

/**
 * @param {number} port where browsers connect
 * @param {number} target the shop's own port on 127.0.0.1
 */
export async function startRecorder(port, target) {
  /** @type {Exchange[]} */
  const exchanges = [];
  /** @type {string[]} */
  const violations = [];
  /** @type {Set<Fault>} */
  const faults = new Set();

  const server = createServer(async (incoming, outgoing) => {
    try {
      const body = await read(incoming);
      const { method, url, headers } = incoming;
      if (url === REPORTS) {
        violations.push(body.toString());
        outgoing.writeHead(204).end();
        return;
      }
      const exchange = { method, url, headers, body: body.toString(), status: undefined };
      exchanges.push(exchange);
      let answer = await forward(target, exchange, body);
      for (const fault of faults) {
        answer = (await fault(exchange, answer)) ?? answer;
        if (answer === "drop") {
          outgoing.destroy();
          return;
        }
      }
      exchange.status = answer.status;
      if (url.startsWith("/assets/")) {
        // What a browser has kept cannot be broken on its way: each page fetches anew.
        answer.headers["cache-control"] = "no-store";
      }
      const policy = answer.headers["content-security-policy"];
      if (policy !== undefined) {
        answer.headers["content-security-policy"] = `${policy}; report-uri ${REPORTS}`;
      }
      const { "transfer-encoding": _chunked, connection: _connection, ...rest } = answer.headers;
      const bodiless = method === "HEAD" || answer.status === 204 || answer.status === 304;
      const length = bodiless ? {} : { "content-length": answer.body.length };
      outgoing.writeHead(answer.status, { ...rest, ...length }).end(answer.body);
    } catch (error) {
      outgoing.writeHead(502, { "content-type": "text/plain" }).end(String(error));
    }
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));

  return {
    exchanges,
    /** What browsers reported that the policy of a page refused. */
    violations,
    /** @param {Fault} fault @returns {() => void} takes the fault away again */
    fault(fault) {
      faults.add(fault);
      return () => faults.delete(fault);
    },
    /** Forgets what was recorded and every fault. */
    reset() {
      exchanges.length = 0;
      violations.length = 0;
      faults.clear();
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function read(stream) {
  const chunks = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function forward(port, { method, url, headers }, body) {
  return new Promise((resolve, reject) => {
    const outgoing = send({ host: "127.0.0.1", port, method, path: url, headers, agent: false }, async (incoming) => {
      try {
        resolve({ status: incoming.statusCode, headers: { ...incoming.headers }, body: await read(incoming) });
      } catch (error) {
        reject(error);
      }
    });
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}
