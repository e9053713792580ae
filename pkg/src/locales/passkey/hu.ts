import type { PasskeyLocale } from "../../lib/passkey-languages.js";

/** Hungarian. */
const locale: PasskeyLocale = {
  language: "hu",
  reviewed: false,
  signin: {
    button: "Bejelentkezés azonosítókulccsal",
    waiting: "Várakozás az azonosítókulcsra…",
    checking: "Az azonosítókulcs ellenőrzése folyik.",
    done: "Bejelentkezett.",
    otherWays: "A bejelentkezés más módjai",
  },
  list: {
    label: "Az Ön azonosítókulcsai",
    empty: "Még nincs azonosítókulcsa. Eggyel ujjlenyomattal, arccal vagy képernyőzárral jelentkezik be, jelszó nélkül.",
    added: "Hozzáadva: {date}",
    used: "Utoljára használva: {date}",
    unused: "Még nem használta",
    nameless: "Azonosítókulcs",
    add: "Azonosítókulcs hozzáadása",
    adding: "Várakozás az azonosítókulcsra…",
    rename: "{name} átnevezése",
    newName: "Új név",
    save: "Mentés",
    cancel: "Mégse",
    remove: "{name} eltávolítása",
    confirm: "Eltávolítja ezt: „{name}”? Többé nem léphet be vele. Az eszközén megmarad, amíg ott nem törli.",
    confirmed: "Eltávolítás",
    wasAdded: "{name} hozzáadva.",
    wasRenamed: "Az új név: {name}.",
    wasRemoved: "{name} eltávolítva.",
  },
  problems: {
    cancelled: "A művelet megszakadt. Próbálja újra, amikor készen áll.",
    late: "Túl sokáig tartott. Próbálja újra, amikor készen áll.",
    unsupported: "Az azonosítókulcsok ebben a böngészőben nem működnek. Válasszon más módot.",
    elsewhere: "Az azonosítókulcs másik címhez tartozik. Ellenőrizze az oldal címét.",
    busy: "Egy másik azonosítókulcs-ablak nyitva van. Fejezze be vagy zárja be, és próbálja újra.",
    none: "Nem használt azonosítókulcsot. Próbálja újra, vagy válasszon más módot.",
    device: "Ez az eszköz erre nem volt képes. Próbáljon másik eszközt vagy biztonsági kulcsot.",
    already: "Ezen az eszközön már van azonosítókulcs a fiókjához.",
    gone: "Ez az azonosítókulcs itt már nem nyit fiókot. Válasszon más módot.",
    refused: "A bolt nem fogadta el. Töltse be újra az oldalt, vagy válasszon más módot.",
    order: "Amit el kellett volna fogadnia, nem az oldalon látható rendelés. Töltse be újra az oldalt.",
    network: "A bolt nem érhető el. Ellenőrizze a kapcsolatot, és próbálja újra.",
    otherwise: "Ez nem sikerült. Próbálja újra, vagy válasszon más módot.",
  },
};

export default locale;
