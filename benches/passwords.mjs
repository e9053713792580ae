/** The same passwords for every meter in every run: kinds that people choose, from a seeded generator. */
const words = "sunny river copper table marble window garden silver castle forest orange planet tiger monkey dragon shadow".split(" ");
const names = "alice bob carla david emma felix greta hanna ivan julia karl laura".split(" ");
const rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890"];
const signs = "!@#$%&*?";
const leet = { a: "4", e: "3", i: "1", o: "0", s: "5" };
const printable = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).join("");
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

/** Words that people choose where other languages are spoken, composed and decomposed. */
const abroad = "größe straße schlüssel müller français château garçon élève contraseña corazón 密码 中国 パスワード пароль привет حب".split(" ");
const faces = ["😀", "🐱", "👨‍👩‍👧", "ж", "漢", "ñ"];

/**
 * Twenty kinds of passwords, the same in every run.
 *
 * @param {number} each how many of each kind
 * @param {{passwords: string[], english_wikipedia: string[], surnames: string[]}} lists zxcvbn's own, the commonest first
 */
export function passwords(each, lists, seed = 20261123) {
  const random = generator(seed);
  const below = (limit) => Math.floor(random() * limit);
  const pick = (list) => list[below(list.length)];
  const capital = (word) => word[0].toUpperCase() + word.slice(1);
  const scramble = (length, alphabet) => Array.from({ length }, () => alphabet[below(alphabet.length)]).join("");
  const rare = () => pick(lists.english_wikipedia);
  const year = () => 1950 + below(77);
  const two = (number) => String(number).padStart(2, "0");
  const kinds = [
    () => pick(lists.passwords.slice(0, 1_000)),
    () => pick(lists.passwords),
    () => pick(words) + below(1_000),
    () => capital(rare()) + pick(signs) + below(100),
    () => [...rare()].map((letter) => leet[letter] ?? letter).join("") + below(10),
    () => [rare(), rare(), rare(), rare()].join(" "),
    () => [rare(), rare(), rare()].map(capital).join("-"),
    () => pick(names) + year(),
    () => `${1 + below(28)}.${1 + below(12)}.${year()}`,
    () => `${year()}${two(1 + below(12))}${two(1 + below(28))}`,
    () => pick(rows).slice(below(3), 6 + below(4)) + below(10),
    () => ["1qaz2wsx", "zaq12wsx", "qazwsxedc", "asdfjkl;"][below(4)] + below(100),
    () => scramble(1 + below(3), "abcdefgh123").repeat(3 + below(3)),
    () => "abcdefghijklmnopqrstuvwxyz".slice(below(15)).slice(0, 5 + below(6)) + below(10),
    () => [...rare()].reverse().join("") + pick(signs),
    () => scramble(8 + below(9), letters),
    () => scramble(8 + below(9), printable),
    () => capital(pick(names)) + capital(pick(lists.surnames)) + pick(signs),
    () => pick(abroad) + pick(words) + below(100),
    () => pick(words) + pick(faces) + pick(["", pick(names), String(below(100))]),
  ];
  return Array.from({ length: each }, () => kinds.map((make) => make())).flat();
}

/** Twenty passwords of 100 characters that take the longest. */
export function adversarial(seed = 7) {
  const random = generator(seed);
  const scramble = (alphabet) => Array.from({ length: 100 }, () => alphabet[Math.floor(random() * alphabet.length)]).join("");
  const fill = (part) => part.repeat(Math.ceil(100 / part.length)).slice(0, 100);
  const soup = "4@8({[<369&#!1/|0$5+7%2";
  let fibonacci = ["a", "b"];
  while (fibonacci[1].length < 100) fibonacci = [fibonacci[1], fibonacci[1] + fibonacci[0]];
  const bits = (number) => number.toString(2).replaceAll("0", "").length % 2;
  return [
    fill(soup), fill([...soup].reverse().join("")), scramble(soup), scramble(soup), scramble(soup + "aeiost"), scramble(printable), scramble(printable),
    fill("4@8({[<369&#!1/"), fill("p4$$w0rd"), fill("P4$$W0RD"), fill("1234567890"), fill("19871231"), fill("a"), fill("ab"), fill("qwertyuiop"), fill("qa"),
    Array.from({ length: 100 }, (_, index) => "ab"[bits(index)]).join(""), fibonacci[1].slice(0, 100), fill("correcthorsebatterystaple"), fill("M0NK3Y12"),
  ];
}
