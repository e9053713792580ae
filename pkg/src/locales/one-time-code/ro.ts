import type { OneTimeCodeLocale } from "../../lib/code-languages.js";

/** Romanian. */
const locale: OneTimeCodeLocale = {
  language: "ro",
  reviewed: false,
  words: {
    remaining: "Codul mai este valabil {time}.",
    warning: "Codul mai este valabil mai puțin de un minut.",
    expired: "Timpul a expirat. Cereți trimiterea altui cod.",
    extend: "Am nevoie de mai mult timp",
    extended: "Aveți mai mult timp.",
    resend: "Trimite alt cod",
    resendIn: "Alt cod poate fi trimis peste {seconds} secunde.",
    sent: "A fost trimis alt cod. Cele anterioare nu mai sunt valabile.",
    complete: "Codul este complet.",
    incomplete: "Introduceți cele {digits} cifre ale codului.",
    phishable: "Un cod poate fi dat unei pagini care doar seamănă cu a noastră. O cheie de acces, nu.",
    level: "Nivel de asigurare {level} din 3.",
    noLevel: "Sub nivelul de asigurare 1.",
    scan: "Scanați aceasta cu aplicația de autentificare.",
    picture: "Cod QR cu cheia pentru aplicația de autentificare",
    open: "Deschide o aplicație pe acest dispozitiv",
    key: "Sau introduceți această cheie în aplicație:",
    copyKey: "Copiază cheia",
    copyCodes: "Copiază codurile",
    copied: "Copiat.",
    notCopied: "Browserul nu a copiat textul. Este selectat: copiați-l dumneavoastră.",
    download: "Descarcă",
    print: "Tipărește",
    saved: "Le-am salvat",
    saveFirst: "Salvați mai întâi codurile: nu vor mai fi afișate.",
    failed: "Nu a reușit. Verificați conexiunea și încercați din nou.",
  },
};

export default locale;
