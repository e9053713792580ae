import type { PaymentLocale } from "../../lib/payment-languages.js";

/** Swedish. */
const locale: PaymentLocale = {
  language: "sv",
  reviewed: false,
  form: {
    label: "Kort",
    number: { label: "Kortnummer", hint: "" },
    expiry: { label: "Giltigt till", hint: "Månad och år, till exempel 08/29" },
    code: { label: "Säkerhetskod", hint: "{length} siffror på kortet" },
    name: { label: "Namn på kortet", hint: "" },
    brands: "Kort vi tar emot:",
    choose: "Betala med",
    recognised: "{brand}-kort.",
    summary: "Kontrollera kortuppgifterna",
    problemCount: "Kortuppgifter att kontrollera: {count}.",
    sealing: "Ditt kort krypteras…",
    loading: "Kortformuläret läses fortfarande in. Försök igen om en stund.",
    problems: {
      "payment.number-incomplete": "Ange alla siffror i kortnumret.",
      "payment.number-invalid": "Kontrollera kortnumret: en siffra verkar vara fel.",
      "payment.brand-not-accepted": "Den här butiken tar inte emot den här typen av kort. Använd ett annat.",
      "payment.expiry-invalid": "Ange giltighetstiden som månad och år, till exempel 08/29.",
      "payment.expiry-past": "Kortet har gått ut. Kontrollera datumet eller använd ett annat kort.",
      "payment.code-invalid": "Ange säkerhetskodens {length} siffror.",
      "payment.name-invalid": "Ange namnet som det står på kortet.",
      "payment.seal-failed": "Kortet kunde inte krypteras och inget skickades. Ange säkerhetskoden på nytt och försök en gång till.",
      "payment.order-mismatch": "Beställningen har ändrats. Läs in sidan på nytt.",
      "input.invalid": "Beställningen har ändrats. Läs in sidan på nytt.",
    },
    otherwise: "Kortet kunde inte förberedas för betalning och inget skickades. Försök igen.",
  },
};

export default locale;
