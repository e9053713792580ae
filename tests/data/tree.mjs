// Writes and reads a word list as src/password/generate/words.rs describes it: a tree of letters.
const alphabet = "-abcdefghijklmnopqrstuvwxyz";
const last = 32;
const end = 64;

/** A list's bytes. No word may begin another. */
export function writeTree(words) {
  const root = new Map();
  for (const word of [...words].sort()) {
    let node = root;
    for (const letter of word) {
      if (!node.has(letter)) node.set(letter, new Map());
      node = node.get(letter);
    }
  }
  const bytes = [];
  const write = (node) => {
    [...node].forEach(([letter, next], index) => {
      const number = alphabet.indexOf(letter);
      if (number < 0) throw new Error(`no letter of the alphabet: ${letter}`);
      bytes.push(number + (index === node.size - 1 ? last : 0) + (next.size === 0 ? end : 0));
      write(next);
    });
  };
  write(root);
  const written = Buffer.from(bytes);
  const read = [...readTree(written)];
  if (read.join() !== [...words].sort().join()) throw new Error("the tree does not hold the words: one begins another, or is there twice");
  return written;
}

/** The words of a list's bytes, in order. */
export function* readTree(bytes) {
  const path = [];
  for (const byte of bytes) {
    path.push(byte);
    if (!(byte & end)) continue;
    yield path.map((each) => alphabet[each & 31]).join("");
    while (path.length > 0 && path.pop() & last);
  }
}
