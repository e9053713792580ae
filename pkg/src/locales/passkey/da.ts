import type { PasskeyLocale } from "../../lib/passkey-languages.js";

/** Danish. */
const locale: PasskeyLocale = {
  language: "da",
  reviewed: false,
  signin: {
    button: "Log ind med en adgangsnøgle",
    waiting: "Venter på din adgangsnøgle…",
    checking: "Din adgangsnøgle kontrolleres.",
    done: "Du er logget ind.",
    otherWays: "Andre måder at logge ind på",
  },
  list: {
    label: "Dine adgangsnøgler",
    empty: "Du har ingen adgangsnøgler endnu. Med en logger du ind med fingeraftryk, ansigt eller skærmlås, uden adgangskode.",
    added: "Tilføjet {date}",
    used: "Sidst brugt {date}",
    unused: "Ikke brugt endnu",
    nameless: "Adgangsnøgle",
    add: "Tilføj en adgangsnøgle",
    adding: "Venter på din adgangsnøgle…",
    rename: "Omdøb {name}",
    newName: "Nyt navn",
    save: "Gem",
    cancel: "Annuller",
    remove: "Fjern {name}",
    confirm: "Fjern »{name}«? Den kan ikke længere logge dig ind. Den bliver på din enhed, til du sletter den der.",
    confirmed: "Fjern",
    wasAdded: "{name} er tilføjet.",
    wasRenamed: "Omdøbt til {name}.",
    wasRemoved: "{name} er fjernet.",
  },
  problems: {
    cancelled: "Det blev annulleret. Prøv igen, når du er klar.",
    late: "Det tog for lang tid. Prøv igen, når du er klar.",
    unsupported: "Adgangsnøgler virker ikke i denne browser. Vælg en anden måde.",
    elsewhere: "Adgangsnøglen hører til en anden adresse. Tjek adressen på denne side.",
    busy: "Et andet vindue til adgangsnøgler er åbent. Afslut eller luk det, og prøv igen.",
    none: "Der blev ikke brugt nogen adgangsnøgle. Prøv igen, eller vælg en anden måde.",
    device: "Denne enhed kunne ikke gøre det. Prøv en anden enhed eller en sikkerhedsnøgle.",
    already: "Denne enhed har allerede en adgangsnøgle til din konto.",
    gone: "Denne adgangsnøgle åbner ikke længere en konto her. Vælg en anden måde.",
    refused: "Butikken accepterede det ikke. Genindlæs siden, eller vælg en anden måde.",
    order: "Det, du blev bedt om at godkende, er ikke ordren på denne side. Genindlæs siden.",
    network: "Butikken kunne ikke nås. Tjek din forbindelse, og prøv igen.",
    otherwise: "Det virkede ikke. Prøv igen, eller vælg en anden måde.",
  },
};

export default locale;
