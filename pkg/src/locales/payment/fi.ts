import type { PaymentLocale } from "../../lib/payment-languages.js";

/** Finnish. */
const locale: PaymentLocale = {
  language: "fi",
  reviewed: false,
  form: {
    label: "Kortti",
    number: { label: "Kortin numero", hint: "" },
    expiry: { label: "Voimassa", hint: "Kuukausi ja vuosi, esimerkiksi 08/29" },
    code: { label: "Turvakoodi", hint: "{length} numeroa kortissa" },
    name: { label: "Nimi kortissa", hint: "" },
    brands: "Hyväksytyt kortit:",
    choose: "Maksutapa",
    recognised: "{brand}-kortti.",
    summary: "Tarkista kortin tiedot",
    problemCount: "Tarkistettavia kortin tietoja: {count}.",
    sealing: "Korttiasi salataan…",
    loading: "Korttilomake latautuu vielä. Yritä hetken kuluttua uudelleen.",
    problems: {
      "payment.number-incomplete": "Anna kortin numeron kaikki numerot.",
      "payment.number-invalid": "Tarkista kortin numero: yksi numero näyttää olevan väärin.",
      "payment.brand-not-accepted": "Tämä kauppa ei hyväksy tällaista korttia. Käytä toista.",
      "payment.expiry-invalid": "Anna voimassaoloaika kuukautena ja vuotena, esimerkiksi 08/29.",
      "payment.expiry-past": "Kortti on vanhentunut. Tarkista päiväys tai käytä toista korttia.",
      "payment.code-invalid": "Anna turvakoodin {length} numeroa.",
      "payment.name-invalid": "Anna nimi niin kuin se on kortissa.",
      "payment.seal-failed": "Korttia ei voitu salata, eikä mitään lähetetty. Anna turvakoodi uudelleen ja yritä vielä kerran.",
      "payment.order-mismatch": "Tilaus on muuttunut. Lataa sivu uudelleen.",
      "input.invalid": "Tilaus on muuttunut. Lataa sivu uudelleen.",
    },
    otherwise: "Korttia ei voitu valmistella maksua varten, eikä mitään lähetetty. Yritä uudelleen.",
  },
};

export default locale;
