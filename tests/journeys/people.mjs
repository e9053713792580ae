/** Who shops in these journeys, and with which cards. */

let count = 0;

/** A person nobody has used yet: an account can be made once for each e-mail address. */
export function newPerson() {
  count += 1;
  return {
    name: "Ada Winter",
    email: `ada.${process.pid}.${count}@mail.example`,
    password: "seven lanterns over a quiet harbour",
    address: "Lindengasse Twelve",
    postcode: "EH1",
    city: "Galway",
    country: "IE",
  };
}

/** An expiry date that stays in the future, as a shopper types it. */
export function expiryNextYear() {
  return `12/${String((new Date().getFullYear() + 1) % 100).padStart(2, "0")}`;
}

/** A card that passes Luhn and is on no list, so that each of its digit windows is unlikely anywhere else. */
export function approvedCard() {
  return cardNumbered("4539672801573369");
}

/** The numbers that the processor's stand-in answers in its own way. */
export const answers = {
  insufficientFunds: () => cardNumbered("4000000000009995"),
  refused: () => cardNumbered("4000000000000002"),
  expired: () => cardNumbered("4000000000000069"),
  challenge: () => cardNumbered("4000002760003184"),
  timeOut: () => cardNumbered("4000000000000119"),
};

function cardNumbered(prefix) {
  const number = withCheckDigit(prefix.slice(0, -1));
  return { number, lastFour: number.slice(-4), expiry: expiryNextYear(), code: "741", name: "Ada Winter" };
}

function withCheckDigit(digits) {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = index % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return digits + String((10 - (sum % 10)) % 10);
}

/**
 * Every run of a card's digits that is at least so long.
 *
 * @param {string} number
 * @param {number} [shortest]
 */
export function digitWindows(number, shortest = 6) {
  // A longer run contains a shortest one, so those suffice.
  return Array.from({ length: number.length - shortest + 1 }, (_, from) => number.slice(from, from + shortest));
}

/**
 * Where a card shows in a text, also when digits are grouped or the text is encoded.
 *
 * @param {string} text
 * @param {string} number
 * @param {number} [shortest] how many digits in a row count
 * @returns {string[]} the runs that were found
 */
export function cardTraces(text, number, shortest = 6) {
  const decoded = [text, decodeForm(text), ...envelopeHeaders(text)];
  const plain = decoded.map((each) => each.replace(/(\d)[ -](?=\d)/g, "$1"));
  return digitWindows(number, shortest).filter((run) => plain.some((each) => each.includes(run)));
}

function decodeForm(text) {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

/** The readable part of a compact JWE is its header; the rest is random to whoever has no key. */
function envelopeHeaders(text) {
  const found = text.match(/eyJ[\w-]+(?=\.)/g) ?? [];
  return found.map((header) => Buffer.from(header, "base64url").toString());
}
