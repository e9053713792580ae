/** Random choices that are the same in every run. */

/** @param {number} seed @returns {() => number} numbers in [0, 1), mulberry32 */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Picks from a list, a number below a bound, or text of an alphabet. */
export function chooser(seed) {
  const random = seeded(seed);
  const below = (bound) => Math.floor(random() * bound);
  return {
    below,
    pick: (list) => list[below(list.length)],
    text: (length, alphabet) => Array.from({ length }, () => alphabet[below(alphabet.length)]).join(""),
  };
}
