import type { OneTimeCodeLocale } from "../../lib/code-languages.js";

/** Danish. */
const locale: OneTimeCodeLocale = {
  language: "da",
  reviewed: false,
  words: {
    remaining: "Koden virker i {time} endnu.",
    warning: "Koden virker i mindre end et minut.",
    expired: "Tiden er gået. Få sendt en ny kode.",
    extend: "Jeg har brug for mere tid",
    extended: "Du har mere tid.",
    resend: "Send en ny kode",
    resendIn: "En ny kode kan sendes om {seconds} sekunder.",
    sent: "En ny kode er sendt. Tidligere koder virker ikke længere.",
    complete: "Koden er komplet.",
    incomplete: "Indtast kodens {digits} cifre.",
    phishable: "En kode kan gives væk til en side, der kun ligner vores. Det kan en adgangsnøgle ikke.",
    level: "Sikringsniveau {level} af 3.",
    noLevel: "Under sikringsniveau 1.",
    scan: "Scan dette med din godkendelsesapp.",
    picture: "QR-kode med nøglen til din godkendelsesapp",
    open: "Åbn en app på denne enhed",
    key: "Eller indtast denne nøgle i appen:",
    copyKey: "Kopiér nøglen",
    copyCodes: "Kopiér koderne",
    copied: "Kopieret.",
    notCopied: "Browseren kopierede det ikke. Det er markeret: Kopiér det selv.",
    download: "Hent",
    print: "Udskriv",
    saved: "Jeg har gemt dem",
    saveFirst: "Gem koderne først: De vises ikke igen.",
    failed: "Det lykkedes ikke. Kontrollér din forbindelse, og prøv igen.",
  },
};

export default locale;
