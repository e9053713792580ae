import type { PaymentLocale } from "../../lib/payment-languages.js";

/** Romanian. */
const locale: PaymentLocale = {
  language: "ro",
  reviewed: false,
  form: {
    label: "Card",
    number: { label: "Numărul cardului", hint: "" },
    expiry: { label: "Data expirării", hint: "Luna și anul, de exemplu 08/29" },
    code: { label: "Cod de securitate", hint: "{length} cifre de pe card" },
    name: { label: "Numele de pe card", hint: "" },
    brands: "Carduri acceptate:",
    choose: "Plătește cu",
    recognised: "Card {brand}.",
    summary: "Verificați datele cardului",
    problemCount: "Date ale cardului de verificat: {count}.",
    sealing: "Cardul este criptat…",
    loading: "Formularul cardului se încarcă încă. Încercați din nou peste o clipă.",
    problems: {
      "payment.number-incomplete": "Introduceți toate cifrele numărului cardului.",
      "payment.number-invalid": "Verificați numărul cardului: o cifră pare greșită.",
      "payment.brand-not-accepted": "Acest magazin nu acceptă acest tip de card. Folosiți altul.",
      "payment.expiry-invalid": "Introduceți data expirării ca lună și an, de exemplu 08/29.",
      "payment.expiry-past": "Acest card a expirat. Verificați data sau folosiți alt card.",
      "payment.code-invalid": "Introduceți cele {length} cifre ale codului de securitate.",
      "payment.name-invalid": "Introduceți numele așa cum apare pe card.",
      "payment.seal-failed": "Cardul nu a putut fi criptat și nu s-a trimis nimic. Introduceți din nou codul de securitate și mai încercați o dată.",
      "payment.order-mismatch": "Această comandă s-a schimbat. Reîncărcați pagina.",
      "input.invalid": "Această comandă s-a schimbat. Reîncărcați pagina.",
    },
    otherwise: "Cardul nu a putut fi pregătit pentru plată și nu s-a trimis nimic. Încercați din nou.",
  },
};

export default locale;
