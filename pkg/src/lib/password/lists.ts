import { PrivacyError } from "../error.js";
import type { FromLists, ToLists } from "../messages.js";
import { trustedScriptURL } from "../trusted.js";
import { files } from "./files.js";
import type { RankedList } from "./list.js";

const workerHome = (): URL => new URL("../../worker/password-lists.js", import.meta.url);

/** WebKit reports nothing for a worker's script of the wrong type: after this many milliseconds the page's own thread reads the lists. */
const patience = 10_000;

/** What is asked, before it has a number. */
type Question = ToLists extends infer Q ? (Q extends ToLists ? Omit<Q, "id"> : never) : never;

/** A worker that reads the data files, and answers from them. */
type Reader = (question: Question) => Promise<FromLists["value"]>;

let reader: Reader | undefined;
let shared: Promise<RankedList> | undefined;

/**
 * The lists of the most used passwords, once a page: read in a worker, for that takes a tenth of a second, and handed over as maps, which answer at once;
 * on the page's own thread where no worker is to be had. Rejects as `loadList` does; a failure is not kept.
 */
export function lists(top?: string): Promise<RankedList> {
  shared ??= read(top);
  shared.catch(() => (shared = undefined));
  return shared;
}

/** Loads a filter of leaked passwords in the worker; gives what asks it: how often it is wrong where it holds a password, else `null`. */
export async function leaks(least: 8 | 15): Promise<(password: string) => Promise<number | null>> {
  await ask({ kind: "filter", source: files[least]().href });
  return async (password) => (await ask({ kind: "leaked", password })) as number | null;
}

async function read(top: string | undefined): Promise<RankedList> {
  const address = new URL(top ?? files.top(), globalThis.document?.baseURI).href;
  try {
    return (await ask({ kind: "lists", top: address, long: files.long().href })) as RankedList;
  } catch {
    return (await import("./list.js")).loadList({ top: address });
  }
}

async function ask(question: Question): Promise<FromLists["value"]> {
  return (reader ??= begin())(question);
}

function begin(): Reader {
  const worker = new Worker(trustedScriptURL(workerHome()), { type: "module", name: "storefront-privacy password lists" });
  const calls = new Map<number, (answer: Partial<FromLists>) => void>();
  let next = 0;
  worker.addEventListener("message", ({ data }: MessageEvent<FromLists | null>) => data && calls.get(data.id)?.(data));
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    calls.forEach((settle) => settle({ code: "worker.refused" }));
    reader = undefined;
  });
  return (question) =>
    new Promise((resolve, reject) => {
      const refuse = (code?: FromLists["code"]): void => reject(new PrivacyError(code ?? "worker.refused", "the worker cannot read the lists"));
      const timer = setTimeout(refuse, patience);
      const id = next++;
      calls.set(id, ({ code, value = null }) => {
        clearTimeout(timer);
        calls.delete(id);
        if (code === undefined) resolve(value);
        else refuse(code);
      });
      worker.postMessage({ ...question, id } satisfies ToLists);
    });
}
