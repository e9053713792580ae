import create from "../glue/password.js";
import { moduleFailure } from "../lib/broken.js";
import { instantiate } from "../lib/core.js";
import { toPrivacyError } from "../lib/error.js";
import { measureHere } from "../lib/measure.js";
import type { FromWorker, ToWorker } from "../lib/messages.js";
import type { Engine } from "../verbs/password.js";

let engine: Promise<Engine> | undefined;

addEventListener("message", (event: MessageEvent<ToWorker>) => void answer(event.data));

async function answer(message: ToWorker): Promise<void> {
  const id = message.kind === "start" ? null : message.id;
  try {
    say(message.kind === "start" ? await start(message.module) : { kind: "done", id: message.id, value: await run(message) });
  } catch (caught) {
    const { code, message: text } = toPrivacyError(caught, "load.corrupt", "the worker could not start the module");
    say({ kind: "failed", id, code, message: text });
  }
}

async function start(source: WebAssembly.Module | BufferSource): Promise<FromWorker> {
  const module = source instanceof WebAssembly.Module ? source : await WebAssembly.compile(source);
  engine = instantiate(create, module, () => undefined, moduleFailure).then(measureHere);
  await engine;
  return { kind: "ready" };
}

async function run(message: Exclude<ToWorker, { kind: "start" }>): Promise<unknown> {
  const started = await (engine ?? Promise.reject(new Error("the worker has no module yet")));
  return started.estimate(message.password, message.inputs, message.rank);
}

function say(message: FromWorker): void {
  postMessage(message);
}
