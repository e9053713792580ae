import type { PaymentLocale } from "../../lib/payment-languages.js";

/** Polish. */
const locale: PaymentLocale = {
  language: "pl",
  reviewed: false,
  form: {
    label: "Karta",
    number: { label: "Numer karty", hint: "" },
    expiry: { label: "Data ważności", hint: "Miesiąc i rok, na przykład 08/29" },
    code: { label: "Kod zabezpieczający", hint: "Liczba cyfr na karcie: {length}" },
    name: { label: "Imię i nazwisko na karcie", hint: "" },
    brands: "Przyjmujemy karty:",
    choose: "Zapłać przez",
    recognised: "Karta {brand}.",
    summary: "Sprawdź dane karty",
    problemCount: "Dane karty do sprawdzenia: {count}.",
    sealing: "Szyfrujemy Twoją kartę…",
    loading: "Formularz karty jeszcze się wczytuje. Spróbuj ponownie za chwilę.",
    problems: {
      "payment.number-incomplete": "Wpisz wszystkie cyfry numeru karty.",
      "payment.number-invalid": "Sprawdź numer karty: jedna z cyfr wydaje się błędna.",
      "payment.brand-not-accepted": "Ten sklep nie przyjmuje takich kart. Użyj innej.",
      "payment.expiry-invalid": "Wpisz datę ważności jako miesiąc i rok, na przykład 08/29.",
      "payment.expiry-past": "Ta karta straciła ważność. Sprawdź datę lub użyj innej karty.",
      "payment.code-invalid": "Wpisz kod zabezpieczający, liczba cyfr: {length}.",
      "payment.name-invalid": "Wpisz imię i nazwisko tak jak na karcie.",
      "payment.seal-failed": "Nie udało się zaszyfrować karty i nic nie zostało wysłane. Wpisz ponownie kod zabezpieczający i spróbuj jeszcze raz.",
      "payment.order-mismatch": "To zamówienie się zmieniło. Wczytaj stronę ponownie.",
      "input.invalid": "To zamówienie się zmieniło. Wczytaj stronę ponownie.",
    },
    otherwise: "Nie udało się przygotować karty do płatności i nic nie zostało wysłane. Spróbuj ponownie.",
  },
};

export default locale;
