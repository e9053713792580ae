import type { OneTimeCodeLocale } from "../../lib/code-languages.js";

/** Polish. */
const locale: OneTimeCodeLocale = {
  language: "pl",
  reviewed: false,
  words: {
    remaining: "Kod działa jeszcze {time}.",
    warning: "Kod działa krócej niż minutę.",
    expired: "Czas minął. Poproś o wysłanie innego kodu.",
    extend: "Potrzebuję więcej czasu",
    extended: "Masz więcej czasu.",
    resend: "Wyślij inny kod",
    resendIn: "Inny kod można wysłać za {seconds} s.",
    sent: "Wysłano inny kod. Poprzednie już nie działają.",
    complete: "Kod jest pełny.",
    incomplete: "Wpisz wszystkie cyfry kodu: {digits}.",
    phishable: "Kod można przekazać stronie, która tylko wygląda jak nasza. Klucza dostępu nie można.",
    level: "Poziom pewności {level} z 3.",
    noLevel: "Poniżej poziomu pewności 1.",
    scan: "Zeskanuj to aplikacją uwierzytelniającą.",
    picture: "Kod QR z kluczem dla aplikacji uwierzytelniającej",
    open: "Otwórz aplikację na tym urządzeniu",
    key: "Albo wpisz ten klucz w aplikacji:",
    copyKey: "Kopiuj klucz",
    copyCodes: "Kopiuj kody",
    copied: "Skopiowano.",
    notCopied: "Przeglądarka nie skopiowała tekstu. Jest zaznaczony: skopiuj go samodzielnie.",
    download: "Pobierz",
    print: "Drukuj",
    saved: "Kody są zapisane",
    saveFirst: "Najpierw zapisz kody: nie zostaną pokazane ponownie.",
    failed: "Nie udało się. Sprawdź połączenie i spróbuj ponownie.",
  },
};

export default locale;
