import type { OneTimeCodeLocale } from "../../lib/code-languages.js";

/** Finnish. */
const locale: OneTimeCodeLocale = {
  language: "fi",
  reviewed: false,
  words: {
    remaining: "Koodi on voimassa vielä {time}.",
    warning: "Koodi on voimassa alle minuutin.",
    expired: "Aika on päättynyt. Pyydä uusi koodi.",
    extend: "Tarvitsen lisää aikaa",
    extended: "Sait lisää aikaa.",
    resend: "Lähetä uusi koodi",
    resendIn: "Uuden koodin voi lähettää {seconds} sekunnin kuluttua.",
    sent: "Uusi koodi on lähetetty. Aiemmat eivät enää toimi.",
    complete: "Koodi on täydellinen.",
    incomplete: "Anna koodin {digits} numeroa.",
    phishable: "Koodin voi antaa sivulle, joka vain näyttää meidän sivultamme. Avainkoodia ei voi.",
    level: "Varmuustaso {level}/3.",
    noLevel: "Alle varmuustason 1.",
    scan: "Skannaa tämä todennussovelluksella.",
    picture: "QR-koodi, jossa on avain todennussovellusta varten",
    open: "Avaa sovellus tällä laitteella",
    key: "Tai kirjoita tämä avain sovellukseen:",
    copyKey: "Kopioi avain",
    copyCodes: "Kopioi koodit",
    copied: "Kopioitu.",
    notCopied: "Selain ei kopioinut. Teksti on valittu: kopioi se itse.",
    download: "Lataa",
    print: "Tulosta",
    saved: "Olen tallentanut ne",
    saveFirst: "Tallenna koodit ensin: niitä ei näytetä uudelleen.",
    failed: "Se ei onnistunut. Tarkista yhteys ja yritä uudelleen.",
  },
};

export default locale;
