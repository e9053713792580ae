import type { PaymentLocale } from "../../lib/payment-languages.js";

/** Norwegian Bokmål. */
const locale: PaymentLocale = {
  language: "nb",
  reviewed: false,
  form: {
    label: "Kort",
    number: { label: "Kortnummer", hint: "" },
    expiry: { label: "Utløpsdato", hint: "Måned og år, for eksempel 08/29" },
    code: { label: "Sikkerhetskode", hint: "{length} sifre på kortet" },
    name: { label: "Navn på kortet", hint: "" },
    brands: "Kort vi tar imot:",
    choose: "Betal med",
    recognised: "{brand}-kort.",
    summary: "Kontroller kortopplysningene",
    problemCount: "Kortopplysninger å kontrollere: {count}.",
    sealing: "Kortet ditt krypteres…",
    loading: "Kortskjemaet lastes fortsatt. Prøv igjen om et øyeblikk.",
    problems: {
      "payment.number-incomplete": "Skriv inn alle sifrene i kortnummeret.",
      "payment.number-invalid": "Kontroller kortnummeret: et siffer ser ut til å være feil.",
      "payment.brand-not-accepted": "Denne butikken tar ikke imot denne typen kort. Bruk et annet.",
      "payment.expiry-invalid": "Skriv inn utløpsdatoen som måned og år, for eksempel 08/29.",
      "payment.expiry-past": "Kortet er utløpt. Kontroller datoen, eller bruk et annet kort.",
      "payment.code-invalid": "Skriv inn de {length} sifrene i sikkerhetskoden.",
      "payment.name-invalid": "Skriv inn navnet slik det står på kortet.",
      "payment.seal-failed": "Kortet kunne ikke krypteres, og ingenting ble sendt. Skriv inn sikkerhetskoden på nytt og prøv en gang til.",
      "payment.order-mismatch": "Bestillingen er endret. Last siden på nytt.",
      "input.invalid": "Bestillingen er endret. Last siden på nytt.",
    },
    otherwise: "Kortet kunne ikke gjøres klart til betaling, og ingenting ble sendt. Prøv igjen.",
  },
};

export default locale;
