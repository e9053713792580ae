import type { PasskeyLocale } from "../../lib/passkey-languages.js";

/** Norwegian Bokmål. */
const locale: PasskeyLocale = {
  language: "nb",
  reviewed: false,
  signin: {
    button: "Logg inn med en tilgangsnøkkel",
    waiting: "Venter på tilgangsnøkkelen din…",
    checking: "Tilgangsnøkkelen din kontrolleres.",
    done: "Du er logget inn.",
    otherWays: "Andre måter å logge inn på",
  },
  list: {
    label: "Tilgangsnøklene dine",
    empty: "Du har ingen tilgangsnøkler ennå. Med en logger du inn med fingeravtrykk, ansikt eller skjermlås, uten passord.",
    added: "Lagt til {date}",
    used: "Sist brukt {date}",
    unused: "Ikke brukt ennå",
    nameless: "Tilgangsnøkkel",
    add: "Legg til en tilgangsnøkkel",
    adding: "Venter på tilgangsnøkkelen din…",
    rename: "Gi {name} nytt navn",
    newName: "Nytt navn",
    save: "Lagre",
    cancel: "Avbryt",
    remove: "Fjern {name}",
    confirm: "Fjerne «{name}»? Den kan ikke lenger logge deg inn. Den blir på enheten din til du sletter den der.",
    confirmed: "Fjern",
    wasAdded: "{name} er lagt til.",
    wasRenamed: "Navnet er nå {name}.",
    wasRemoved: "{name} er fjernet.",
  },
  problems: {
    cancelled: "Det ble avbrutt. Prøv igjen når du er klar.",
    late: "Det tok for lang tid. Prøv igjen når du er klar.",
    unsupported: "Tilgangsnøkler virker ikke i denne nettleseren. Velg en annen måte.",
    elsewhere: "Tilgangsnøkkelen hører til en annen adresse. Kontroller adressen til denne siden.",
    busy: "Et annet vindu for tilgangsnøkler er åpent. Fullfør eller lukk det, og prøv igjen.",
    none: "Ingen tilgangsnøkkel ble brukt. Prøv igjen, eller velg en annen måte.",
    device: "Denne enheten klarte det ikke. Prøv en annen enhet eller en sikkerhetsnøkkel.",
    already: "Denne enheten har allerede en tilgangsnøkkel til kontoen din.",
    gone: "Denne tilgangsnøkkelen åpner ikke lenger en konto her. Velg en annen måte.",
    refused: "Butikken godtok det ikke. Last inn siden på nytt, eller velg en annen måte.",
    order: "Det du ble bedt om å godta, er ikke bestillingen på denne siden. Last inn siden på nytt.",
    network: "Butikken kunne ikke nås. Kontroller forbindelsen, og prøv igjen.",
    otherwise: "Det virket ikke. Prøv igjen, eller velg en annen måte.",
  },
};

export default locale;
