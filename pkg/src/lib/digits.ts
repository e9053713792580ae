/** The digit zero of the decimal digits that keyboards have beside ASCII's: the list of the core's `digits.rs`. */
const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040, 0x17e0, 0xff10];

/** The text with the digits of other scripts, full-width ones among them, as ASCII's. */
export function plainDigits(text: string): string {
  return text.replace(/[^\0-\x7f]/gu, (character) => {
    const point = character.codePointAt(0) ?? 0;
    const zero = zeros.find((each) => point >= each && point < each + 10);
    return zero === undefined ? character : String(point - zero);
  });
}

/** The code of so many digits in a text that was pasted or came as a message; `null` where there is none, or more than one. */
export function codeIn(text: string, digits: number): string | null {
  const plain = plainDigits(text);
  const alone = plain.replace(/[\s\p{Pd}.\p{Cf}]/gu, "");
  if (/^\d+$/.test(alone)) return alone.length === digits ? alone : null;
  const found = new Set([...plain.matchAll(/(?<![\d@#])\d(?:[ \u00a0\p{Pd}]?\d)*(?!\d)/gu)].map(([run]) => run.replace(/\D/g, "")).filter((run) => run.length === digits));
  return found.size === 1 ? ([...found][0] ?? null) : null;
}
