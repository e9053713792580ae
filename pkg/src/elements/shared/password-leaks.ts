import { falseAlarms, leaked, loadLeakFilter } from "../../lib/password/breach.js";
import type { PasswordMeterWords } from "./words-password-meter.js";
import { fill } from "./words.js";

/** Fetches the filter of leaked passwords of that length or more; gives what tells the warning, empty where there is none. */
export async function leakWarning(least: 8 | 15): Promise<(password: string, words: PasswordMeterWords, language: string) => string> {
  const filter = await loadLeakFilter(least);
  return (password, words, language) => {
    if (!leaked(filter, password)) return "";
    const rate = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 }).format(falseAlarms);
    return fill(words.breach.offline, { rate });
  };
}
