import type { PasskeyLocale } from "../../lib/passkey-languages.js";

/** Swedish. */
const locale: PasskeyLocale = {
  language: "sv",
  reviewed: false,
  signin: {
    button: "Logga in med en nyckel",
    waiting: "Väntar på din nyckel…",
    checking: "Din nyckel kontrolleras.",
    done: "Du är inloggad.",
    otherWays: "Andra sätt att logga in",
  },
  list: {
    label: "Dina nycklar",
    empty: "Du har inga nycklar än. Med en loggar du in med fingeravtryck, ansikte eller skärmlås, utan lösenord.",
    added: "Tillagd {date}",
    used: "Senast använd {date}",
    unused: "Inte använd än",
    nameless: "Nyckel",
    add: "Lägg till en nyckel",
    adding: "Väntar på din nyckel…",
    rename: "Byt namn på {name}",
    newName: "Nytt namn",
    save: "Spara",
    cancel: "Avbryt",
    remove: "Ta bort {name}",
    confirm: "Ta bort ”{name}”? Den kan inte längre logga in dig. Den finns kvar på din enhet tills du raderar den där.",
    confirmed: "Ta bort",
    wasAdded: "{name} har lagts till.",
    wasRenamed: "Namnet är nu {name}.",
    wasRemoved: "{name} har tagits bort.",
  },
  problems: {
    cancelled: "Det avbröts. Försök igen när du är redo.",
    late: "Det tog för lång tid. Försök igen när du är redo.",
    unsupported: "Nycklar fungerar inte i den här webbläsaren. Välj ett annat sätt.",
    elsewhere: "Nyckeln hör till en annan adress. Kontrollera sidans adress.",
    busy: "Ett annat fönster för nycklar är öppet. Avsluta eller stäng det och försök igen.",
    none: "Ingen nyckel användes. Försök igen eller välj ett annat sätt.",
    device: "Den här enheten kunde inte göra det. Prova en annan enhet eller en säkerhetsnyckel.",
    already: "Den här enheten har redan en nyckel för ditt konto.",
    gone: "Nyckeln öppnar inte längre något konto här. Välj ett annat sätt.",
    refused: "Butiken godtog det inte. Läs in sidan igen eller välj ett annat sätt.",
    order: "Det du ombads godkänna är inte beställningen på den här sidan. Läs in sidan igen.",
    network: "Butiken kunde inte nås. Kontrollera din anslutning och försök igen.",
    otherwise: "Det fungerade inte. Försök igen eller välj ett annat sätt.",
  },
};

export default locale;
