import type { Engine, Estimate, PasswordRule } from "../verbs/password.js";
import { PrivacyError } from "./error.js";
import type { FromWorker, ToWorker } from "./messages.js";
import { trustedScriptURL } from "./trusted.js";

/** A worker, or the address of its script. */
export type WorkerSource = Worker | URL | string;

/** WebKit reports nothing for a worker's script of the wrong type: after this many milliseconds it counts as refused. */
const startBudget = 20_000;

interface Call {
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: PrivacyError) => void;
}

/** What is asked, before it has a number. */
type Question = Extract<ToWorker, { id: number }> extends infer M ? (M extends ToWorker ? Omit<M, "id"> : never) : never;

/** The password verbs over a module in a worker; `dropped` is called when the worker cannot be used any more. */
export async function measureRemotely(source: WorkerSource, module: WebAssembly.Module, signal: AbortSignal, dropped: () => void): Promise<Engine> {
  const worker = begin(source);
  const calls = new Map<number, Call>();
  let next = 0;
  let ended: PrivacyError | undefined;

  const end = (error: PrivacyError): void => {
    if (ended) return;
    ended = error;
    worker.terminate();
    dropped();
    for (const { reject } of calls.values()) reject(error);
    calls.clear();
  };

  const ready = new Promise<void>((resolve, reject) => {
    calls.set(-1, { resolve: () => resolve(), reject });
    signal.addEventListener("abort", () => end(new PrivacyError("worker.refused", "the worker was given up while it started")), { once: true });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      end(new PrivacyError("worker.refused", "the worker's script did not start: its address, its type or the page's worker-src refuses it"));
    });
    worker.addEventListener("messageerror", () => end(new PrivacyError("worker.refused", "the worker sent what cannot be read")));
    worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
      const call = take(calls, data.kind === "ready" ? -1 : (data.id ?? -1));
      if (data.kind !== "failed") return call?.resolve(data.kind === "done" ? data.value : undefined);
      const error = new PrivacyError(data.code, data.message);
      call?.reject(error);
      if (data.code === "module.trapped" || data.id === null) end(error);
    });
  });
  worker.postMessage({ kind: "start", module } satisfies ToWorker);
  const timer = setTimeout(() => end(new PrivacyError("worker.refused", "the worker's script has not answered")), startBudget);
  await ready.finally(() => clearTimeout(timer));

  const ask = (question: Question): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (ended) return reject(ended);
      const id = next++;
      calls.set(id, { resolve, reject });
      worker.postMessage({ ...question, id } satisfies ToWorker);
    });
  return {
    estimate: (password, inputs, rank) => ask({ kind: "estimate", password, inputs, rank }) as Promise<Estimate>,
    check: (policy, password, inputs) => ask({ kind: "check", policy, password, inputs }) as Promise<PasswordRule[]>,
  };
}

function take(calls: Map<number, Call>, id: number): Call | undefined {
  const call = calls.get(id);
  calls.delete(id);
  return call;
}

function begin(source: WorkerSource): Worker {
  if (typeof Worker !== "function") throw new PrivacyError("worker.refused", "this browser has no workers");
  if (source instanceof Worker) return source;
  const address = trustedScriptURL(new URL(source, globalThis.document?.baseURI));
  try {
    return new Worker(address, { type: "module", name: "storefront-privacy password" });
  } catch (cause) {
    throw new PrivacyError("worker.refused", "the page may not start the worker", { cause });
  }
}
