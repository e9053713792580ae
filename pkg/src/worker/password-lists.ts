import { toPrivacyError } from "../lib/error.js";
import type { FromLists, ToLists } from "../lib/messages.js";
import { falseAlarms, leaked, readFilter, type LeakFilter } from "../lib/password/breach.js";
import { bytes } from "../lib/password/bytes.js";
import { ranksOf } from "../lib/password/list.js";

type Answer = NonNullable<FromLists["value"]> | null;

let filter: Promise<LeakFilter> | undefined;

addEventListener("message", ({ data }: MessageEvent<ToLists>) => void answer(data));

async function answer(question: ToLists): Promise<void> {
  const { id } = question;
  try {
    say({ id, value: await find(question) });
  } catch (caught) {
    say({ id, code: toPrivacyError(caught, "load.corrupt", "").code });
  }
}

async function find(question: ToLists): Promise<Answer> {
  switch (question.kind) {
    case "lists": {
      const [top, long] = await Promise.all([bytes(question.top), bytes(question.long)]);
      return { top: ranksOf(top), long: ranksOf(long) };
    }
    case "filter":
      await (filter = bytes(question.source).then(readFilter));
      return null;
    case "leaked":
      return filter && leaked(await filter, question.password) ? falseAlarms : null;
  }
}

function say(message: FromLists): void {
  postMessage(message);
}
