import type { PaymentLocale } from "../../lib/payment-languages.js";

/** Hungarian. */
const locale: PaymentLocale = {
  language: "hu",
  reviewed: false,
  form: {
    label: "Kártya",
    number: { label: "Kártyaszám", hint: "" },
    expiry: { label: "Lejárat", hint: "Hónap és év, például 08/29" },
    code: { label: "Biztonsági kód", hint: "{length} számjegy a kártyán" },
    name: { label: "Név a kártyán", hint: "" },
    brands: "Elfogadott kártyák:",
    choose: "Fizetés ezzel:",
    recognised: "{brand} kártya.",
    summary: "Ellenőrizze a kártya adatait",
    problemCount: "Ellenőrizendő kártyaadatok: {count}.",
    sealing: "A kártya titkosítása folyamatban…",
    loading: "A kártyaűrlap még töltődik. Próbálja meg kicsit később.",
    problems: {
      "payment.number-incomplete": "Adja meg a kártyaszám minden számjegyét.",
      "payment.number-invalid": "Ellenőrizze a kártyaszámot: egy számjegy hibásnak tűnik.",
      "payment.brand-not-accepted": "Ez a bolt nem fogad el ilyen kártyát. Használjon másikat.",
      "payment.expiry-invalid": "Adja meg a lejáratot hónappal és évvel, például 08/29.",
      "payment.expiry-past": "Ez a kártya lejárt. Ellenőrizze a dátumot, vagy használjon másik kártyát.",
      "payment.code-invalid": "Adja meg a biztonsági kód {length} számjegyét.",
      "payment.name-invalid": "Adja meg a nevet úgy, ahogy a kártyán áll.",
      "payment.seal-failed": "A kártyát nem sikerült titkosítani, és semmit sem küldtünk el. Adja meg újra a biztonsági kódot, és próbálja meg még egyszer.",
      "payment.order-mismatch": "A rendelés megváltozott. Töltse be újra az oldalt.",
      "input.invalid": "A rendelés megváltozott. Töltse be újra az oldalt.",
    },
    otherwise: "A kártyát nem sikerült előkészíteni a fizetéshez, és semmit sem küldtünk el. Próbálja újra.",
  },
};

export default locale;
