import { open, type Password } from "../../verbs/password.js";
import { identify, obtain, type Load } from "../load.js";
import { claim } from "../registry.js";
import { measureRemotely, type WorkerSource } from "../remote.js";
import { readOptions, type LoadOptions } from "../source.js";
import { lists } from "./lists.js";

/** How to load the password capability. */
export interface PasswordLoadOptions extends LoadOptions {
  /** The worker to measure in, or the address of its script; the file beside this package's own, where left out. */
  readonly worker?: WorkerSource | undefined;
}

const home = (): URL => new URL("../../wasm/password.wasm", import.meta.url);
const workerHome = (): URL => new URL("../../worker/password.js", import.meta.url);

/**
 * Loads the password capability: its module is fetched and compiled here, and runs in a worker. One instance is
 * shared by all that load it on a page; the first source and the first worker win.
 *
 * Rejects with a {@link PrivacyError} whose code says why: `load.…`, `worker.refused`, `network.failed` or
 * `browser.unsupported`. A later call tries again.
 */
export const load: Load<Password, PasswordLoadOptions> = (argument) => {
  const options: PasswordLoadOptions = readOptions(argument);
  return claim({
    capability: "password",
    ...identify(options.source, home),
    signal: options.signal,
    async start(abort, drop) {
      let module: Promise<WebAssembly.Module> | undefined;
      const fetched = (): Promise<WebAssembly.Module> => (module ??= obtain(options.source, home, abort, "low"));
      return open(await measureRemotely(options.worker ?? workerHome(), fetched, abort, drop), () => lists());
    },
  });
};
