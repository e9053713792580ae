import type { OneTimeCodeLocale } from "../../lib/code-languages.js";

/** Italian. */
const locale: OneTimeCodeLocale = {
  language: "it",
  reviewed: false,
  words: {
    remaining: "Il codice vale ancora {time}.",
    warning: "Al codice resta meno di un minuto.",
    expired: "Il tempo è scaduto. Si faccia inviare un altro codice.",
    extend: "Ho bisogno di più tempo",
    extended: "Ha più tempo.",
    resend: "Invia un altro codice",
    resendIn: "Un altro codice può essere inviato tra {seconds} secondi.",
    sent: "È stato inviato un altro codice. I precedenti non valgono più.",
    complete: "Il codice è completo.",
    incomplete: "Inserisca le {digits} cifre del codice.",
    phishable: "Un codice può finire a una pagina che assomiglia soltanto alla nostra. Una passkey no.",
    level: "Livello di garanzia {level} su 3.",
    noLevel: "Sotto il livello di garanzia 1.",
    scan: "Inquadri questo con la sua app di autenticazione.",
    picture: "Codice QR con la chiave per la sua app di autenticazione",
    open: "Apri un’app su questo dispositivo",
    key: "Oppure digiti questa chiave nell’app:",
    copyKey: "Copia la chiave",
    copyCodes: "Copia i codici",
    copied: "Copiato.",
    notCopied: "Il browser non l’ha copiato. È selezionato: lo copi lei.",
    download: "Scarica",
    print: "Stampa",
    saved: "Li ho salvati",
    saveFirst: "Salvi prima i codici: non saranno più mostrati.",
    failed: "Non ha funzionato. Controlli la connessione e riprovi.",
  },
};

export default locale;
