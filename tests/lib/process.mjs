/** Child processes that a test starts: on a free port, watched, and always ended. */
import { spawn } from "node:child_process";
import { createServer } from "node:net";

const running = new Set();
process.on("exit", () => running.forEach((child) => signal(child, "SIGKILL")));
for (const name of ["SIGINT", "SIGTERM"]) {
  process.once(name, () => process.exit(1));
}

/** @returns {Promise<number>} a TCP port that was free a moment ago */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts a program and waits until it is ready.
 *
 * @param {string} program path or name
 * @param {string[]} args its arguments
 * @param {object} options
 * @param {Record<string, string>} [options.env] added to the environment
 * @param {string} [options.cwd] where it runs
 * @param {(output: string) => boolean | Promise<boolean>} options.ready asked after each output and every 100 ms
 * @param {number} [options.timeout] milliseconds until the start counts as failed
 * @returns {Promise<{lines: string[], output: () => string, alive: () => boolean, stop: () => Promise<number | null>}>}
 */
export async function start(program, args, { cwd, env = {}, ready, timeout = 30_000 }) {
  // A group of its own: a wrapper such as xvfb-run leaves its children behind when it alone is ended.
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  running.add(child);
  const chunks = [];
  let failure;
  child.stdout.on("data", (chunk) => chunks.push(chunk));
  child.stderr.on("data", (chunk) => chunks.push(chunk));
  child.once("error", (error) => (failure = error));
  const ended = new Promise((resolve) => child.once("close", (code) => (running.delete(child), resolve(code))));
  const output = () => Buffer.concat(chunks).toString();
  const alive = () => child.exitCode === null && child.signalCode === null && failure === undefined;

  const deadline = Date.now() + timeout;
  while (!(await ready(output()))) {
    if (!alive() || Date.now() > deadline) {
      signal(child, "SIGKILL");
      const why = failure?.message ?? (alive() ? `not ready after ${timeout} ms` : `ended with ${child.exitCode}`);
      throw new Error(`${program}: ${why}\n${output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    get lines() {
      return output().split("\n").filter(Boolean);
    },
    output,
    alive,
    async stop() {
      if (alive()) {
        signal(child, "SIGTERM");
        const timer = setTimeout(() => signal(child, "SIGKILL"), 5_000);
        await ended;
        clearTimeout(timer);
      }
      return child.exitCode;
    },
  };
}

function signal(child, name) {
  try {
    process.kill(-child.pid, name);
  } catch {
    // The group has ended already.
  }
}
