import { leaked, readFilter } from "../../lib/password/breach.js";
import { bytes } from "../../lib/password/list.js";
import type { PasswordMeterWords } from "./words-password-meter.js";
import { fill } from "./words.js";

/** How many passwords that were never leaked the filter takes for leaked ones: one of 256, by its fingerprints of 8 bits. */
const falseAlarms = 1 / 256;

const homes = {
  8: (): URL => new URL("../../data/password-leaked-8.bin", import.meta.url),
  15: (): URL => new URL("../../data/password-leaked-15.bin", import.meta.url),
};

/** Fetches the filter of leaked passwords of that length or more; gives what tells the warning, empty where there is none. */
export async function leakWarning(least: keyof typeof homes): Promise<(password: string, words: PasswordMeterWords, language: string) => string> {
  const filter = readFilter(await bytes(homes[least]()));
  return (password, words, language) => {
    if (!leaked(filter, password)) return "";
    const rate = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 }).format(falseAlarms);
    return fill(words.breach.offline, { rate });
  };
}
