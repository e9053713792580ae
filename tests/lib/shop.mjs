/** The demo as a customer meets it: tracker, processor and shop, each its own process, with a recorder in front. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { freePort, start } from "./process.mjs";
import { startRecorder } from "./recorder.mjs";

/** The shop's name at the processor. */
export const MERCHANT = "hob-and-rim";

/** The repository's root. */
export const ROOT = resolve(fileURLToPath(import.meta.url), "../../..");

/**
 * @param {object} [options]
 * @param {Record<string, string>} [options.env] more environment for the shop
 * @param {Record<string, string>} [options.processorEnv] more environment for the processor
 * @returns a running demo; `stop()` ends it and deletes its data
 */
export async function startShop({ env = {}, processorEnv = {} } = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), "storefront-"));
  const [port, shopPort, processorPort, trackerPort] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const origin = `http://localhost:${port}`;
  const trackerOrigin = `http://localhost:${trackerPort}`;
  const processorOrigin = `http://127.0.0.1:${processorPort}`;
  const stops = [];
  try {
    const begin = async (name, variable, variables) => {
      const program = binary(name, variable);
      const child = await start(program, [], { env: variables, ready: (output) => output.includes('"listening"') });
      stops.unshift(child.stop);
      return child;
    };
    const tracker = await begin("storefront-tracker", "TRACKER_BIN", { TRACKER_LISTEN: `127.0.0.1:${trackerPort}` });
    const processor = await beginProcessor(processorPort, join(dataDir, "processor"), origin, processorEnv);
    stops.unshift(processor.stop);
    const shop = await begin("storefront-shop", "SHOP_BIN", {
      SHOP_LISTEN: `127.0.0.1:${shopPort}`,
      SHOP_ORIGIN: origin,
      SHOP_PAGES: join(ROOT, "www/pages"),
      SHOP_DATA: join(dataDir, "shop"),
      PROCESSOR_URL: processorOrigin,
      SHOP_TRACKER_ORIGIN: trackerOrigin,
      SHOP_TEST_PAGES: "1",
      ...env,
    });
    const recorder = await startRecorder(port, shopPort);
    stops.unshift(recorder.stop);

    return {
      origin,
      trackerOrigin,
      processorOrigin,
      dataDir,
      recorder,
      processor,
      shop,
      /** @returns {string} everything the three processes have printed */
      logs: () => [tracker, processor, shop].map((child) => child.output()).join("\n"),
      /** @returns {Promise<number>} how often the third party was reached */
      trackerHits: async () => hitsOf(await (await fetch(`${trackerOrigin}/hits`)).text()),
      /** @returns {{file: string, bytes: Buffer}[]} every file of the two databases */
      files: () => filesIn(dataDir),
      async stop() {
        for (const stop of stops) {
          await stop();
        }
        rmSync(dataDir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    for (const stop of stops) {
      await stop();
    }
    rmSync(dataDir, { recursive: true, force: true });
    throw error;
  }
}

/** The processor alone, with a key and a database of its own. */
export async function startProcessor({ origin = "https://shop.example", merchant = MERCHANT } = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), "storefront-"));
  const port = await freePort();
  const processor = await beginProcessor(port, dataDir, origin, { PROCESSOR_MERCHANTS: `${merchant}=${origin}` });
  return {
    origin: `http://127.0.0.1:${port}`,
    dataDir,
    logs: processor.output,
    async stop() {
      await processor.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function beginProcessor(port, dataDir, origin, env) {
  return start(binary("storefront-processor", "PROCESSOR_BIN"), [], {
    env: {
      PROCESSOR_LISTEN: `127.0.0.1:${port}`,
      PROCESSOR_DATA: dataDir,
      // The root that the pages' build has pinned.
      PROCESSOR_ROOT: join(process.env.CARGO_TARGET_DIR ?? join(ROOT, "target"), "payment/root.jwk"),
      PROCESSOR_MERCHANTS: `${MERCHANT}=${origin}`,
      ...env,
    },
    ready: (output) => output.includes('"listening"'),
  });
}

function binary(name, variable) {
  return process.env[variable] ?? join(process.env.CARGO_TARGET_DIR ?? join(ROOT, "target"), "debug", name);
}

function hitsOf(text) {
  const parsed = JSON.parse(text);
  return typeof parsed === "number" ? parsed : parsed.hits;
}

function filesIn(directory) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ file, bytes: readFileSync(file) }));
}
