import type { PasskeyLocale } from "../../lib/passkey-languages.js";

/** German. */
const locale: PasskeyLocale = {
  language: "de",
  reviewed: false,
  signin: {
    button: "Mit einem Passkey anmelden",
    waiting: "Warten auf Ihren Passkey …",
    checking: "Ihr Passkey wird geprüft.",
    done: "Angemeldet.",
    otherWays: "Andere Wege, sich anzumelden",
  },
  list: {
    label: "Ihre Passkeys",
    empty: "Sie haben noch keine Passkeys. Damit melden Sie sich per Fingerabdruck, Gesicht oder Bildschirmsperre an, ohne Passwort.",
    added: "Hinzugefügt am {date}",
    used: "Zuletzt verwendet am {date}",
    unused: "Noch nicht verwendet",
    nameless: "Passkey",
    add: "Passkey hinzufügen",
    adding: "Warten auf Ihren Passkey …",
    rename: "{name} umbenennen",
    newName: "Neuer Name",
    save: "Speichern",
    cancel: "Abbrechen",
    remove: "{name} entfernen",
    confirm: "„{name}“ entfernen? Sie können sich damit nicht mehr anmelden. Auf Ihrem Gerät bleibt er, bis Sie ihn dort löschen.",
    confirmed: "Entfernen",
    wasAdded: "{name} wurde hinzugefügt.",
    wasRenamed: "Umbenannt in {name}.",
    wasRemoved: "{name} wurde entfernt.",
  },
  problems: {
    cancelled: "Das wurde abgebrochen. Versuchen Sie es erneut, wenn Sie so weit sind.",
    late: "Das hat zu lange gedauert. Versuchen Sie es erneut, wenn Sie so weit sind.",
    unsupported: "Passkeys funktionieren in diesem Browser nicht. Wählen Sie einen anderen Weg.",
    elsewhere: "Der Passkey gehört zu einer anderen Adresse. Prüfen Sie die Adresse dieser Seite.",
    busy: "Ein anderes Passkey-Fenster ist offen. Schließen Sie es und versuchen Sie es erneut.",
    none: "Es wurde kein Passkey verwendet. Versuchen Sie es erneut oder wählen Sie einen anderen Weg.",
    device: "Dieses Gerät konnte das nicht. Versuchen Sie es mit einem anderen Gerät oder einem Sicherheitsschlüssel.",
    already: "Dieses Gerät hat bereits einen Passkey für Ihr Konto.",
    gone: "Dieser Passkey öffnet hier kein Konto mehr. Wählen Sie einen anderen Weg.",
    refused: "Der Shop hat das nicht angenommen. Laden Sie die Seite neu oder wählen Sie einen anderen Weg.",
    order: "Was Sie bestätigen sollten, ist nicht die Bestellung auf dieser Seite. Laden Sie die Seite neu.",
    network: "Der Shop war nicht erreichbar. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.",
    otherwise: "Das hat nicht geklappt. Versuchen Sie es erneut oder wählen Sie einen anderen Weg.",
  },
};

export default locale;
