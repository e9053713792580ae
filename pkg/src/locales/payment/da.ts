import type { PaymentLocale } from "../../lib/payment-languages.js";

/** Danish. */
const locale: PaymentLocale = {
  language: "da",
  reviewed: false,
  form: {
    label: "Kort",
    number: { label: "Kortnummer", hint: "" },
    expiry: { label: "Udløbsdato", hint: "Måned og år, f.eks. 08/29" },
    code: { label: "Sikkerhedskode", hint: "{length} cifre på kortet" },
    name: { label: "Navn på kortet", hint: "" },
    brands: "Vi tager imod:",
    choose: "Betal med",
    recognised: "{brand}-kort.",
    summary: "Kontrollér kortoplysningerne",
    problemCount: "Kortoplysninger at kontrollere: {count}.",
    sealing: "Dit kort krypteres…",
    loading: "Kortformularen indlæses stadig. Prøv igen om et øjeblik.",
    problems: {
      "payment.number-incomplete": "Indtast alle cifre i kortnummeret.",
      "payment.number-invalid": "Kontrollér kortnummeret: et ciffer ser ud til at være forkert.",
      "payment.brand-not-accepted": "Denne butik tager ikke imod denne type kort. Brug et andet.",
      "payment.expiry-invalid": "Indtast udløbsdatoen som måned og år, f.eks. 08/29.",
      "payment.expiry-past": "Kortet er udløbet. Kontrollér datoen, eller brug et andet kort.",
      "payment.code-invalid": "Indtast sikkerhedskodens {length} cifre.",
      "payment.name-invalid": "Indtast navnet, som det står på kortet.",
      "payment.seal-failed": "Kortet kunne ikke krypteres, og intet blev sendt. Indtast sikkerhedskoden igen, og prøv en gang til.",
      "payment.order-mismatch": "Ordren er ændret. Genindlæs siden.",
      "input.invalid": "Ordren er ændret. Genindlæs siden.",
    },
    otherwise: "Kortet kunne ikke gøres klar til betaling, og intet blev sendt. Prøv igen.",
  },
};

export default locale;
