import type { PaymentLocale } from "../../lib/payment-languages.js";

/** Italian. */
const locale: PaymentLocale = {
  language: "it",
  reviewed: false,
  form: {
    label: "Carta",
    number: { label: "Numero della carta", hint: "" },
    expiry: { label: "Data di scadenza", hint: "Mese e anno, per esempio 08/29" },
    code: { label: "Codice di sicurezza", hint: "{length} cifre sulla carta" },
    name: { label: "Nome sulla carta", hint: "" },
    brands: "Carte accettate:",
    choose: "Paga con",
    recognised: "Carta {brand}.",
    summary: "Controlla i dati della carta",
    problemCount: "Dati della carta da controllare: {count}.",
    sealing: "Stiamo cifrando la tua carta…",
    loading: "Il modulo della carta si sta ancora caricando. Riprova tra un momento.",
    problems: {
      "payment.number-incomplete": "Inserisci tutte le cifre del numero della carta.",
      "payment.number-invalid": "Controlla il numero della carta: una cifra sembra sbagliata.",
      "payment.brand-not-accepted": "Questo negozio non accetta questo tipo di carta. Usane un’altra.",
      "payment.expiry-invalid": "Inserisci la scadenza come mese e anno, per esempio 08/29.",
      "payment.expiry-past": "Questa carta è scaduta. Controlla la data o usa un’altra carta.",
      "payment.code-invalid": "Inserisci le {length} cifre del codice di sicurezza.",
      "payment.name-invalid": "Inserisci il nome come appare sulla carta.",
      "payment.seal-failed": "Non è stato possibile cifrare la carta e nulla è stato inviato. Inserisci di nuovo il codice di sicurezza e riprova.",
      "payment.order-mismatch": "Questo ordine è cambiato. Ricarica la pagina.",
      "input.invalid": "Questo ordine è cambiato. Ricarica la pagina.",
    },
    otherwise: "Non è stato possibile preparare la carta per il pagamento e nulla è stato inviato. Riprova.",
  },
};

export default locale;
