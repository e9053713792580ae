import type { OneTimeCodeLocale } from "../../lib/code-languages.js";

/** German. */
const locale: OneTimeCodeLocale = {
  language: "de",
  reviewed: false,
  words: {
    remaining: "Der Code gilt noch {time}.",
    warning: "Der Code gilt weniger als eine Minute.",
    expired: "Die Zeit ist abgelaufen. Lassen Sie sich einen neuen Code senden.",
    extend: "Ich brauche mehr Zeit",
    extended: "Sie haben mehr Zeit.",
    resend: "Neuen Code senden",
    resendIn: "Ein neuer Code kann in {seconds} Sekunden gesendet werden.",
    sent: "Ein neuer Code wurde gesendet. Frühere gelten nicht mehr.",
    complete: "Der Code ist vollständig.",
    incomplete: "Geben Sie die {digits} Ziffern des Codes ein.",
    phishable: "Ein Code lässt sich an eine Seite verraten, die nur so aussieht wie unsere. Ein Passkey nicht.",
    level: "Sicherheitsstufe {level} von 3.",
    noLevel: "Unter Sicherheitsstufe 1.",
    scan: "Scannen Sie dies mit Ihrer Authenticator-App.",
    picture: "QR-Code mit dem Schlüssel für Ihre Authenticator-App",
    open: "App auf diesem Gerät öffnen",
    key: "Oder geben Sie diesen Schlüssel in die App ein:",
    copyKey: "Schlüssel kopieren",
    copyCodes: "Codes kopieren",
    copied: "Kopiert.",
    notCopied: "Der Browser hat nicht kopiert. Der Text ist markiert: Kopieren Sie ihn selbst.",
    download: "Herunterladen",
    print: "Drucken",
    saved: "Ich habe sie gespeichert",
    saveFirst: "Speichern Sie zuerst die Codes: Sie werden nicht noch einmal angezeigt.",
    failed: "Das hat nicht geklappt. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.",
  },
};

export default locale;
