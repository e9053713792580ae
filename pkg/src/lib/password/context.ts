// The same program as the core's src/password/context.rs.

const substitutes: Readonly<Record<string, string>> = { 4: "a", "@": "a", 8: "b", 3: "e", 6: "g", 9: "g", 1: "il", "!": "il", "|": "il", 0: "o", 5: "s", $: "s", 7: "t", "+": "t", 2: "z" };

/** The inputs taken apart: `anna.schmidt@example.com` is also `anna`, `schmidt` and `example`. */
export function contextWords(inputs: readonly string[]): string[] {
  const words = inputs.flatMap((input) => input.normalize("NFC").toLowerCase().split(/[^\p{Alphabetic}\p{N}]+/u));
  return [...new Set(words)].filter((word) => Array.from(word).length >= 3);
}

/** Whether the whole password is such words, forwards or backwards, with the usual substitutions, beside what is no letter. */
export function explains(words: readonly string[], password: string): boolean {
  const letters = Array.from(password.toLowerCase());
  const patterns = words.flatMap((word) => [Array.from(word), Array.from(word).reverse()]);
  // What is known of each position: whether all before it is explained, 1 without a word, 2 with one.
  const reached = new Uint8Array(letters.length + 1);
  reached[0] = 1;
  letters.forEach((letter, at) => {
    const now = reached[at] ?? 0;
    if (!now) return;
    if (!/\p{Alphabetic}/u.test(letter)) reached[at + 1] = (reached[at + 1] ?? 0) | now;
    for (const pattern of patterns) {
      const after = at + pattern.length;
      if (after <= letters.length && pattern.every((meant, i) => standsFor(letters[at + i] ?? "", meant))) reached[after] = (reached[after] ?? 0) | 2;
    }
  });
  return ((reached[letters.length] ?? 0) & 2) > 0;
}

function standsFor(found: string, meant: string): boolean {
  return found === meant || (substitutes[found]?.includes(meant) ?? false);
}
