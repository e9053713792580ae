/** The same passwords for every meter in every run: kinds that people choose, from a seeded generator. */
const words = "sunny river copper table marble window garden silver castle forest orange planet tiger monkey dragon shadow".split(" ");
const names = "alice bob carla david emma felix greta hanna ivan julia karl laura".split(" ");
const rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890"];
const signs = "!@#$%&*?";
const leet = { a: "4", e: "3", i: "1", o: "0", s: "5" };
const letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/** mulberry32, by Tommy Ettinger: public domain. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @param {number} each how many of each of the twelve kinds */
export function passwords(each, seed = 20261123) {
  const random = generator(seed);
  const below = (limit) => Math.floor(random() * limit);
  const pick = (list) => list[below(list.length)];
  const capital = (word) => word[0].toUpperCase() + word.slice(1);
  const scramble = (length) => Array.from({ length }, () => pick(letters)).join("");
  const kinds = [
    () => pick(words) + below(1000),
    () => capital(pick(words)) + pick(signs) + below(100),
    () => [...pick(words)].map((letter) => leet[letter] ?? letter).join("") + below(10),
    () => [pick(words), pick(words), pick(words), pick(words)].join(" "),
    () => pick(names) + (1950 + below(76)),
    () => `${1 + below(28)}.${1 + below(12)}.${1950 + below(76)}`,
    () => pick(rows).slice(below(3), 6 + below(4)) + below(10),
    () => pick(words).slice(0, 3).repeat(3 + below(2)),
    () => [...pick(words)].reverse().join("") + pick(signs),
    () => scramble(8 + below(9)),
    () => capital(pick(names)) + capital(pick(names)) + pick(signs),
    () => "größe" + pick(words) + pick(["ß", "é", "ж", "漢"]),
  ];
  return Array.from({ length: each }, () => kinds.map((make) => make())).flat();
}

