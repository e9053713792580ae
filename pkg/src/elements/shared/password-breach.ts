import { pwnedPasswords, timesPwned } from "../../lib/range.js";
import { skipsChecks } from "./dom.js";
import { PasswordBreachEvent, type PasswordBreachDetail } from "./events-password.js";
import type { BreachWords } from "./words-password-meter.js";
import { fill } from "./words.js";

/** What the watch needs to know of its element. */
export interface Watched {
  /** The element that events are fired at. */
  readonly host: HTMLElement;
  /** The input; it may change. */
  readonly control: () => HTMLInputElement | null;
  /** Where the input is. */
  readonly scope: Document | ShadowRoot;
  /** The service's address; empty for the Pwned Passwords API. */
  readonly service: string;
  /** What it says. */
  readonly words: () => BreachWords | undefined;
  /** In which language. */
  readonly language: () => string;
  /** Told what there is to say: an empty text where nothing is known. */
  readonly say: (text: string, found: boolean) => void;
}

/**
 * Asks whether known data breaches have a password when its input has changed and is left, or its form is sent: never while it is typed.
 * Gives what ends the watch.
 */
export function watchBreaches({ host, control, scope, service, words, language, say }: Watched): () => void {
  let asking: AbortController | undefined;
  let known: Promise<PasswordBreachDetail | null> | undefined;
  let passing = false;

  const forget = (): void => {
    asking?.abort();
    asking = known = undefined;
    say("", false);
  };
  const ask = (password: string): Promise<PasswordBreachDetail | null> => {
    const { signal } = (asking = new AbortController());
    say(words()?.checking ?? "", false);
    return timesPwned(password, service || pwnedPasswords, signal).then(
      (count): PasswordBreachDetail => ({ result: count > 0 ? "found" : "clear", count }),
      (): PasswordBreachDetail | null => (signal.aborted ? null : { result: "unchecked", count: 0 }),
    ).then((detail) => {
      if (detail === null) return null;
      const { result, count } = detail;
      say(fill(words()?.[result] ?? "", { count: new Intl.NumberFormat(language()).format(count) }), result === "found");
      host.dispatchEvent(new PasswordBreachEvent(detail));
      return detail;
    });
  };
  const typed = (event: Event): void => {
    if (event.target === control()) forget();
  };
  const left = (event: Event): void => {
    const input = control();
    if (input !== null && event.target === input && input.value !== "") known ??= ask(input.value);
  };
  // With `enforce` the form waits for the answer, which has a time limit; without, it is sent as ever.
  const sent = (event: SubmitEvent): void => {
    const input = control();
    const form = input?.form;
    if (!input || !form || event.target !== form || input.value === "" || passing || event.defaultPrevented || skipsChecks(event.submitter)) return;
    known ??= ask(input.value);
    if (!host.hasAttribute("enforce")) return;
    event.preventDefault();
    const { submitter } = event;
    void known.then((detail) => {
      if (detail === null) return;
      passing = true;
      // What was found makes the form invalid: then this shows why, and sends nothing.
      form.requestSubmit(submitter);
      passing = false;
    });
  };
  scope.addEventListener("input", typed);
  scope.addEventListener("change", left);
  scope.addEventListener("submit", sent as EventListener);
  return () => {
    forget();
    scope.removeEventListener("input", typed);
    scope.removeEventListener("change", left);
    scope.removeEventListener("submit", sent as EventListener);
  };
}
