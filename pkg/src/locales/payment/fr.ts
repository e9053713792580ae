import type { PaymentLocale } from "../../lib/payment-languages.js";

/** French. */
const locale: PaymentLocale = {
  language: "fr",
  reviewed: false,
  form: {
    label: "Carte",
    number: { label: "Numéro de carte", hint: "" },
    expiry: { label: "Date d’expiration", hint: "Mois et année, par exemple 08/29" },
    code: { label: "Code de sécurité", hint: "{length} chiffres sur la carte" },
    name: { label: "Nom sur la carte", hint: "" },
    brands: "Cartes acceptées :",
    choose: "Payer avec",
    recognised: "Carte {brand}.",
    summary: "Vérifiez les données de votre carte",
    problemCount: "Données de la carte à vérifier : {count}.",
    sealing: "Chiffrement de votre carte…",
    loading: "Le formulaire de carte se charge encore. Réessayez dans un instant.",
    problems: {
      "payment.number-incomplete": "Saisissez tous les chiffres du numéro de carte.",
      "payment.number-invalid": "Vérifiez le numéro de carte : un chiffre semble faux.",
      "payment.brand-not-accepted": "Cette boutique n’accepte pas ce type de carte. Utilisez-en une autre.",
      "payment.expiry-invalid": "Saisissez la date d’expiration avec le mois et l’année, par exemple 08/29.",
      "payment.expiry-past": "Cette carte a expiré. Vérifiez la date ou utilisez une autre carte.",
      "payment.code-invalid": "Saisissez les {length} chiffres du code de sécurité.",
      "payment.name-invalid": "Saisissez le nom tel qu’il figure sur la carte.",
      "payment.seal-failed": "Votre carte n’a pas pu être chiffrée et rien n’a été envoyé. Saisissez de nouveau le code de sécurité et réessayez.",
      "payment.order-mismatch": "Cette commande a changé. Rechargez la page.",
      "input.invalid": "Cette commande a changé. Rechargez la page.",
    },
    otherwise: "Votre carte n’a pas pu être préparée pour le paiement et rien n’a été envoyé. Réessayez.",
  },
};

export default locale;
