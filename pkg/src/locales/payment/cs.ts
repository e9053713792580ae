import type { PaymentLocale } from "../../lib/payment-languages.js";

/** Czech. */
const locale: PaymentLocale = {
  language: "cs",
  reviewed: false,
  form: {
    label: "Karta",
    number: { label: "Číslo karty", hint: "" },
    expiry: { label: "Platnost do", hint: "Měsíc a rok, například 08/29" },
    code: { label: "Bezpečnostní kód", hint: "Počet číslic na kartě: {length}" },
    name: { label: "Jméno na kartě", hint: "" },
    brands: "Přijímáme karty:",
    choose: "Zaplatit přes",
    recognised: "Karta {brand}.",
    summary: "Zkontrolujte prosím údaje o kartě",
    problemCount: "Údaje o kartě ke kontrole: {count}.",
    sealing: "Šifrujeme vaši kartu…",
    loading: "Formulář karty se ještě načítá. Zkuste to za chvíli znovu.",
    problems: {
      "payment.number-incomplete": "Zadejte všechny číslice čísla karty.",
      "payment.number-invalid": "Zkontrolujte číslo karty: některá číslice je zřejmě špatně.",
      "payment.brand-not-accepted": "Tento obchod takovou kartu nepřijímá. Použijte jinou.",
      "payment.expiry-invalid": "Zadejte platnost jako měsíc a rok, například 08/29.",
      "payment.expiry-past": "Platnost této karty skončila. Zkontrolujte datum, nebo použijte jinou kartu.",
      "payment.code-invalid": "Zadejte bezpečnostní kód, počet číslic: {length}.",
      "payment.name-invalid": "Zadejte jméno tak, jak je na kartě.",
      "payment.seal-failed": "Kartu se nepodařilo zašifrovat a nic nebylo odesláno. Zadejte znovu bezpečnostní kód a zkuste to ještě jednou.",
      "payment.order-mismatch": "Objednávka se změnila. Načtěte stránku znovu.",
      "input.invalid": "Objednávka se změnila. Načtěte stránku znovu.",
    },
    otherwise: "Kartu se nepodařilo připravit k platbě a nic nebylo odesláno. Zkuste to znovu.",
  },
};

export default locale;
