import type { OneTimeCodeLocale } from "../../lib/code-languages.js";

/** Norwegian Bokmål. */
const locale: OneTimeCodeLocale = {
  language: "nb",
  reviewed: false,
  words: {
    remaining: "Koden virker i {time} til.",
    warning: "Koden virker i mindre enn ett minutt.",
    expired: "Tiden er ute. Få sendt en ny kode.",
    extend: "Jeg trenger mer tid",
    extended: "Du har mer tid.",
    resend: "Send en ny kode",
    resendIn: "En ny kode kan sendes om {seconds} sekunder.",
    sent: "En ny kode er sendt. Tidligere koder virker ikke lenger.",
    complete: "Koden er fullstendig.",
    incomplete: "Skriv inn de {digits} sifrene i koden.",
    phishable: "En kode kan gis bort til en side som bare ligner vår. Det kan ikke en passnøkkel.",
    level: "Sikkerhetsnivå {level} av 3.",
    noLevel: "Under sikkerhetsnivå 1.",
    scan: "Skann dette med autentiseringsappen din.",
    picture: "QR-kode med nøkkelen til autentiseringsappen din",
    open: "Åpne en app på denne enheten",
    key: "Eller skriv inn denne nøkkelen i appen:",
    copyKey: "Kopier nøkkelen",
    copyCodes: "Kopier kodene",
    copied: "Kopiert.",
    notCopied: "Nettleseren kopierte ikke. Teksten er merket: Kopier den selv.",
    download: "Last ned",
    print: "Skriv ut",
    saved: "Jeg har lagret dem",
    saveFirst: "Lagre kodene først: De vises ikke igjen.",
    failed: "Det gikk ikke. Kontroller tilkoblingen og prøv igjen.",
  },
};

export default locale;
