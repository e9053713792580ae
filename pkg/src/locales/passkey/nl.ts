import type { PasskeyLocale } from "../../lib/passkey-languages.js";

/** Dutch. */
const locale: PasskeyLocale = {
  language: "nl",
  reviewed: false,
  signin: {
    button: "Inloggen met een toegangssleutel",
    waiting: "Wachten op uw toegangssleutel…",
    checking: "Uw toegangssleutel wordt gecontroleerd.",
    done: "U bent ingelogd.",
    otherWays: "Andere manieren om in te loggen",
  },
  list: {
    label: "Uw toegangssleutels",
    empty: "U hebt nog geen toegangssleutels. Daarmee logt u in met vingerafdruk, gezicht of schermvergrendeling, zonder wachtwoord.",
    added: "Toegevoegd op {date}",
    used: "Laatst gebruikt op {date}",
    unused: "Nog niet gebruikt",
    nameless: "Toegangssleutel",
    add: "Toegangssleutel toevoegen",
    adding: "Wachten op uw toegangssleutel…",
    rename: "Naam van {name} wijzigen",
    newName: "Nieuwe naam",
    save: "Opslaan",
    cancel: "Annuleren",
    remove: "{name} verwijderen",
    confirm: "‘{name}’ verwijderen? U kunt er dan niet meer mee inloggen. Hij blijft op uw apparaat tot u hem daar verwijdert.",
    confirmed: "Verwijderen",
    wasAdded: "{name} is toegevoegd.",
    wasRenamed: "De naam is nu {name}.",
    wasRemoved: "{name} is verwijderd.",
  },
  problems: {
    cancelled: "Dit is geannuleerd. Probeer het opnieuw als u zover bent.",
    late: "Dit duurde te lang. Probeer het opnieuw als u zover bent.",
    unsupported: "Toegangssleutels werken niet in deze browser. Kies een andere manier.",
    elsewhere: "De toegangssleutel hoort bij een ander adres. Controleer het adres van deze pagina.",
    busy: "Er staat nog een venster voor toegangssleutels open. Rond het af of sluit het, en probeer het opnieuw.",
    none: "Er is geen toegangssleutel gebruikt. Probeer het opnieuw of kies een andere manier.",
    device: "Dit apparaat kon dat niet. Probeer een ander apparaat of een beveiligingssleutel.",
    already: "Dit apparaat heeft al een toegangssleutel voor uw account.",
    gone: "Deze toegangssleutel opent hier geen account meer. Kies een andere manier.",
    refused: "De winkel heeft dat niet geaccepteerd. Laad de pagina opnieuw of kies een andere manier.",
    order: "Wat u moest goedkeuren, is niet de bestelling op deze pagina. Laad de pagina opnieuw.",
    network: "De winkel is niet bereikbaar. Controleer uw verbinding en probeer het opnieuw.",
    otherwise: "Dat is niet gelukt. Probeer het opnieuw of kies een andere manier.",
  },
};

export default locale;
