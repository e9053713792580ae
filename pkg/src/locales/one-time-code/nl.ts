import type { OneTimeCodeLocale } from "../../lib/code-languages.js";

/** Dutch. */
const locale: OneTimeCodeLocale = {
  language: "nl",
  reviewed: false,
  words: {
    remaining: "De code werkt nog {time}.",
    warning: "De code werkt nog minder dan een minuut.",
    expired: "De tijd is om. Laat een andere code sturen.",
    extend: "Ik heb meer tijd nodig",
    extended: "U hebt meer tijd.",
    resend: "Andere code sturen",
    resendIn: "Over {seconds} seconden kan een andere code worden gestuurd.",
    sent: "Er is een andere code gestuurd. Eerdere werken niet meer.",
    complete: "De code is volledig.",
    incomplete: "Voer de {digits} cijfers van de code in.",
    phishable: "Een code kan terechtkomen bij een pagina die alleen op de onze lijkt. Een passkey niet.",
    level: "Betrouwbaarheidsniveau {level} van 3.",
    noLevel: "Onder betrouwbaarheidsniveau 1.",
    scan: "Scan dit met uw authenticator-app.",
    picture: "QR-code met de sleutel voor uw authenticator-app",
    open: "Een app op dit apparaat openen",
    key: "Of typ deze sleutel in de app:",
    copyKey: "Sleutel kopiëren",
    copyCodes: "Codes kopiëren",
    copied: "Gekopieerd.",
    notCopied: "De browser heeft het niet gekopieerd. Het is geselecteerd: kopieer het zelf.",
    download: "Downloaden",
    print: "Afdrukken",
    saved: "Ik heb ze bewaard",
    saveFirst: "Bewaar eerst de codes: ze worden niet opnieuw getoond.",
    failed: "Dat is niet gelukt. Controleer uw verbinding en probeer het opnieuw.",
  },
};

export default locale;
