import type { Estimate } from "../../verbs/password.js";
import type { CrackTimeWords } from "./words-password-meter.js";
import { fill } from "./words.js";

/** Units in seconds, the longest first; a year is a Julian one. */
const units = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

const century = 100 * units[0][1];

interface DurationFormat {
  format(duration: Readonly<Record<string, number>>): string;
}

type DurationFormatConstructor = new (language: string, options: { style: "long" }) => DurationFormat;

/** Writes a length of time in seconds as people say it: in its greatest unit alone. */
export function timeText(seconds: number, language: string, words: CrackTimeWords): string {
  if (seconds < 1) return words.instant;
  if (seconds >= century) return words.centuries;
  const [unit, size] = units.find(([, each]) => seconds >= each) ?? units[5];
  const amount = Math.round(seconds / size);
  const { DurationFormat } = Intl as { DurationFormat?: DurationFormatConstructor };
  return DurationFormat
    ? new DurationFormat(language, { style: "long" }).format({ [`${unit}s`]: amount })
    : new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(amount);
}

/** How long guessing takes in the four ways, each in its sentence. */
export function crackTexts({ seconds, bound }: Pick<Estimate, "seconds" | "bound">, language: string, words: CrackTimeWords): string[] {
  return ways.map((way) => {
    const time = timeText(seconds[way], language, words);
    return fill(words[way], { time: bound === "lower" ? fill(words.atLeast, { time }) : time });
  });
}

const ways = ["onlineThrottled", "onlineUnthrottled", "offlineSlow", "offlineFast"] as const;
