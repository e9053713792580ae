import type { OneTimeCodeLocale } from "../../lib/code-languages.js";

/** Swedish. */
const locale: OneTimeCodeLocale = {
  language: "sv",
  reviewed: false,
  words: {
    remaining: "Koden gäller i {time} till.",
    warning: "Koden gäller i mindre än en minut.",
    expired: "Tiden är ute. Låt skicka en ny kod.",
    extend: "Jag behöver mer tid",
    extended: "Du har mer tid.",
    resend: "Skicka en ny kod",
    resendIn: "En ny kod kan skickas om {seconds} sekunder.",
    sent: "En ny kod har skickats. Tidigare koder gäller inte längre.",
    complete: "Koden är fullständig.",
    incomplete: "Ange kodens {digits} siffror.",
    phishable: "En kod kan lämnas ut till en sida som bara liknar vår. Det kan inte en nyckel.",
    level: "Tillitsnivå {level} av 3.",
    noLevel: "Under tillitsnivå 1.",
    scan: "Skanna detta med din autentiseringsapp.",
    picture: "QR-kod med nyckeln till din autentiseringsapp",
    open: "Öppna en app på den här enheten",
    key: "Eller skriv in den här nyckeln i appen:",
    copyKey: "Kopiera nyckeln",
    copyCodes: "Kopiera koderna",
    copied: "Kopierat.",
    notCopied: "Webbläsaren kopierade inte. Texten är markerad: kopiera den själv.",
    download: "Ladda ner",
    print: "Skriv ut",
    saved: "Jag har sparat dem",
    saveFirst: "Spara koderna först: de visas inte igen.",
    failed: "Det gick inte. Kontrollera din anslutning och försök igen.",
  },
};

export default locale;
