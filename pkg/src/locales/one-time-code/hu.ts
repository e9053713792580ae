import type { OneTimeCodeLocale } from "../../lib/code-languages.js";

/** Hungarian. */
const locale: OneTimeCodeLocale = {
  language: "hu",
  reviewed: false,
  words: {
    remaining: "A kód még {time} ideig érvényes.",
    warning: "A kód kevesebb mint egy percig érvényes.",
    expired: "Lejárt az idő. Kérjen másik kódot.",
    extend: "Több időre van szükségem",
    extended: "Több ideje van.",
    resend: "Másik kód küldése",
    resendIn: "Másik kód {seconds} másodperc múlva küldhető.",
    sent: "Elküldtük a másik kódot. A korábbiak már nem érvényesek.",
    complete: "A kód teljes.",
    incomplete: "Írja be a kód {digits} számjegyét.",
    phishable: "Egy kódot ki lehet adni olyan oldalnak, amely csak hasonlít a miénkre. Egy azonosítókulcsot nem.",
    level: "Bizonyossági szint: {level}/3.",
    noLevel: "Az 1. bizonyossági szint alatt.",
    scan: "Olvassa be ezt a hitelesítő alkalmazásával.",
    picture: "QR-kód a hitelesítő alkalmazás kulcsával",
    open: "Alkalmazás megnyitása ezen az eszközön",
    key: "Vagy írja be ezt a kulcsot az alkalmazásba:",
    copyKey: "Kulcs másolása",
    copyCodes: "Kódok másolása",
    copied: "Másolva.",
    notCopied: "A böngésző nem másolta. Ki van jelölve: másolja saját maga.",
    download: "Letöltés",
    print: "Nyomtatás",
    saved: "Elmentettem őket",
    saveFirst: "Először mentse el a kódokat: nem jelennek meg újra.",
    failed: "Nem sikerült. Ellenőrizze a kapcsolatot, és próbálja újra.",
  },
};

export default locale;
