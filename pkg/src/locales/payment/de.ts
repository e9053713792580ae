import type { PaymentLocale } from "../../lib/payment-languages.js";

/** German. */
const locale: PaymentLocale = {
  language: "de",
  reviewed: false,
  form: {
    label: "Karte",
    number: { label: "Kartennummer", hint: "" },
    expiry: { label: "Gültig bis", hint: "Monat und Jahr, zum Beispiel 08/29" },
    code: { label: "Sicherheitscode", hint: "{length} Ziffern auf der Karte" },
    name: { label: "Name auf der Karte", hint: "" },
    brands: "Akzeptierte Karten:",
    choose: "Bezahlen über",
    recognised: "Karte von {brand}.",
    summary: "Bitte prüfen Sie Ihre Kartendaten",
    problemCount: "Zu prüfende Kartendaten: {count}.",
    sealing: "Ihre Karte wird verschlüsselt…",
    loading: "Das Kartenformular lädt noch. Bitte versuchen Sie es gleich noch einmal.",
    problems: {
      "payment.number-incomplete": "Geben Sie alle Ziffern der Kartennummer ein.",
      "payment.number-invalid": "Prüfen Sie die Kartennummer: Eine Ziffer scheint falsch zu sein.",
      "payment.brand-not-accepted": "Dieser Shop nimmt diese Art von Karte nicht. Verwenden Sie eine andere.",
      "payment.expiry-invalid": "Geben Sie das Ablaufdatum als Monat und Jahr ein, zum Beispiel 08/29.",
      "payment.expiry-past": "Diese Karte ist abgelaufen. Prüfen Sie das Datum oder verwenden Sie eine andere Karte.",
      "payment.code-invalid": "Geben Sie die {length} Ziffern des Sicherheitscodes ein.",
      "payment.name-invalid": "Geben Sie den Namen so ein, wie er auf der Karte steht.",
      "payment.seal-failed": "Ihre Karte konnte nicht verschlüsselt werden, und nichts wurde gesendet. Geben Sie den Sicherheitscode erneut ein und versuchen Sie es noch einmal.",
      "payment.order-mismatch": "Diese Bestellung hat sich geändert. Laden Sie die Seite neu.",
      "input.invalid": "Diese Bestellung hat sich geändert. Laden Sie die Seite neu.",
    },
    otherwise: "Ihre Karte konnte nicht für die Zahlung vorbereitet werden, und nichts wurde gesendet. Versuchen Sie es noch einmal.",
  },
};

export default locale;
