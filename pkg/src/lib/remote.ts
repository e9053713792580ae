import type { Engine, Estimate } from "../verbs/password.js";
import { PrivacyError } from "./error.js";
import type { FromWorker, ToWorker } from "./messages.js";
import { trustedScriptURL } from "./trusted.js";

/** A worker, or the address of its script. */
export type WorkerSource = Worker | URL | string;

/** WebKit reports nothing for a worker's script of the wrong type: after this many milliseconds it counts as refused. */
const startBudget = 20_000;

/** How long a password may take in milliseconds; past that its worker is ended and another one started. */
const deadline = 1_000;

/** A machine that misses this many deadlines in a row gets no other worker. */
const patience = 3;

/** What is asked, before it has a number. */
type Question = Extract<ToWorker, { id: number }> extends infer M ? (M extends ToWorker ? Omit<M, "id"> : never) : never;

/** A worker that has started. */
interface Line {
  ask(question: Question): Promise<unknown>;
  end(error: PrivacyError): void;
}

interface Call {
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: PrivacyError) => void;
}

/** The password verbs over a module in a worker; `module` gives the same one whenever it is called, `dropped` is called when no worker can be used any more. */
export async function measureRemotely(source: WorkerSource, module: () => Promise<WebAssembly.Module>, signal: AbortSignal, dropped: () => void): Promise<Engine> {
  const connect = (): Promise<Line> => begin(source, module, signal, dropped);
  let line = connect();
  let missed = 0;
  await line;

  const replace = (slow: Line): void => {
    missed += 1;
    const last = missed >= patience || source instanceof Worker;
    if (last) dropped();
    else (line = connect()).catch(dropped);
    slow.end(new PrivacyError(last ? "worker.refused" : "worker.late", `the worker has not answered within ${deadline} ms`));
  };
  return {
    async estimate(password, inputs, rank) {
      const current = await line;
      const timer = setTimeout(replace, deadline, current);
      const answer = await current.ask({ kind: "estimate", password, inputs, rank }).finally(() => clearTimeout(timer));
      missed = 0;
      return answer as Estimate;
    },
  };
}

/** Starts a worker; resolves once it has the module and is warm. */
function begin(source: WorkerSource, module: () => Promise<WebAssembly.Module>, signal: AbortSignal, dropped: () => void): Promise<Line> {
  return new Promise((resolve, reject) => {
    const worker = open(source);
    const calls = new Map<number, Call>();
    let next = 0;
    let ended: PrivacyError | undefined;

    const end = (error: PrivacyError): void => {
      ended ??= error;
      clearTimeout(timer);
      worker.terminate();
      reject(error);
      for (const call of calls.values()) call.reject(error);
      calls.clear();
    };
    const refuse = (message: string): void => {
      if (ended) return;
      dropped();
      end(new PrivacyError("worker.refused", message));
    };
    const ask = (question: Question): Promise<unknown> =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        calls.set(next, { resolve, reject });
        worker.postMessage({ ...question, id: next++ } satisfies ToWorker);
      });

    let timer: ReturnType<typeof setTimeout> | undefined;
    signal.addEventListener("abort", () => refuse("the worker was given up while it started"), { once: true });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      refuse("the worker's script does not run: its address, its type or the page's worker-src refuses it");
    });
    worker.addEventListener("messageerror", () => refuse("the worker sent what cannot be read"));
    worker.addEventListener("message", ({ data }: MessageEvent<FromWorker | null>) => {
      if (data === null) {
        refuse("the worker sent what cannot be read");
      } else if (data.kind === "ready") {
        clearTimeout(timer);
        resolve({ ask, end });
      } else if (data.kind === "failed" && (data.id === null || data.code === "module.trapped")) {
        dropped();
        end(new PrivacyError(data.code, data.message));
      } else {
        const call = calls.get(data.id ?? -1);
        calls.delete(data.id ?? -1);
        if (data.kind === "done") call?.resolve(data.value);
        else call?.reject(new PrivacyError(data.code, data.message));
      }
    });
    // What takes longest begins first: the worker starts while the module is on its way.
    module().then(
      (arrived) => {
        if (ended) return;
        timer = setTimeout(refuse, startBudget, "the worker's script has not answered");
        worker.postMessage({ kind: "start", module: arrived } satisfies ToWorker);
      },
      (reason: unknown) => {
        dropped();
        end(reason as PrivacyError);
      },
    );
  });
}

function open(source: WorkerSource): Worker {
  if (typeof Worker !== "function") throw new PrivacyError("worker.refused", "this browser has no workers");
  if (source instanceof Worker) return source;
  const address = trustedScriptURL(new URL(source, globalThis.document?.baseURI));
  try {
    return new Worker(address, { type: "module", name: "storefront-privacy password" });
  } catch (cause) {
    throw new PrivacyError("worker.refused", "the page may not start the worker", { cause });
  }
}
