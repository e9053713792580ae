import type { PaymentLocale } from "../../lib/payment-languages.js";

/** Dutch. */
const locale: PaymentLocale = {
  language: "nl",
  reviewed: false,
  form: {
    label: "Kaart",
    number: { label: "Kaartnummer", hint: "" },
    expiry: { label: "Vervaldatum", hint: "Maand en jaar, bijvoorbeeld 08/29" },
    code: { label: "Beveiligingscode", hint: "{length} cijfers op de kaart" },
    name: { label: "Naam op de kaart", hint: "" },
    brands: "Geaccepteerde kaarten:",
    choose: "Betalen met",
    recognised: "Kaart van {brand}.",
    summary: "Controleer de kaartgegevens",
    problemCount: "Te controleren kaartgegevens: {count}.",
    sealing: "Je kaart wordt versleuteld…",
    loading: "Het kaartformulier wordt nog geladen. Probeer het zo meteen opnieuw.",
    problems: {
      "payment.number-incomplete": "Vul alle cijfers van het kaartnummer in.",
      "payment.number-invalid": "Controleer het kaartnummer: er lijkt een cijfer niet te kloppen.",
      "payment.brand-not-accepted": "Deze winkel accepteert dit soort kaart niet. Gebruik een andere.",
      "payment.expiry-invalid": "Vul de vervaldatum in als maand en jaar, bijvoorbeeld 08/29.",
      "payment.expiry-past": "Deze kaart is verlopen. Controleer de datum of gebruik een andere kaart.",
      "payment.code-invalid": "Vul de {length} cijfers van de beveiligingscode in.",
      "payment.name-invalid": "Vul de naam in zoals die op de kaart staat.",
      "payment.seal-failed": "Je kaart kon niet worden versleuteld en er is niets verzonden. Vul de beveiligingscode opnieuw in en probeer het nog eens.",
      "payment.order-mismatch": "Deze bestelling is gewijzigd. Laad de pagina opnieuw.",
      "input.invalid": "Deze bestelling is gewijzigd. Laad de pagina opnieuw.",
    },
    otherwise: "Je kaart kon niet worden voorbereid voor de betaling en er is niets verzonden. Probeer het opnieuw.",
  },
};

export default locale;
