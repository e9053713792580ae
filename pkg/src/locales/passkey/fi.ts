import type { PasskeyLocale } from "../../lib/passkey-languages.js";

/** Finnish. */
const locale: PasskeyLocale = {
  language: "fi",
  reviewed: false,
  signin: {
    button: "Kirjaudu pääsyavaimella",
    waiting: "Odotetaan pääsyavainta…",
    checking: "Pääsyavainta tarkistetaan.",
    done: "Kirjauduit sisään.",
    otherWays: "Muut tavat kirjautua",
  },
  list: {
    label: "Pääsyavaimesi",
    empty: "Sinulla ei ole vielä pääsyavaimia. Sellaisella kirjaudut sormenjäljellä, kasvoilla tai näytön lukituksella, ilman salasanaa.",
    added: "Lisätty {date}",
    used: "Viimeksi käytetty {date}",
    unused: "Ei vielä käytetty",
    nameless: "Pääsyavain",
    add: "Lisää pääsyavain",
    adding: "Odotetaan pääsyavainta…",
    rename: "Nimeä {name} uudelleen",
    newName: "Uusi nimi",
    save: "Tallenna",
    cancel: "Peruuta",
    remove: "Poista {name}",
    confirm: "Poistetaanko ”{name}”? Sillä ei voi enää kirjautua. Se säilyy laitteellasi, kunnes poistat sen sieltä.",
    confirmed: "Poista",
    wasAdded: "{name} lisättiin.",
    wasRenamed: "Uusi nimi on {name}.",
    wasRemoved: "{name} poistettiin.",
  },
  problems: {
    cancelled: "Toiminto peruttiin. Yritä uudelleen, kun olet valmis.",
    late: "Aika loppui kesken. Yritä uudelleen, kun olet valmis.",
    unsupported: "Pääsyavaimet eivät toimi tässä selaimessa. Valitse toinen tapa.",
    elsewhere: "Pääsyavain kuuluu toiseen osoitteeseen. Tarkista tämän sivun osoite.",
    busy: "Toinen pääsyavainikkuna on auki. Viimeistele tai sulje se ja yritä uudelleen.",
    none: "Pääsyavainta ei käytetty. Yritä uudelleen tai valitse toinen tapa.",
    device: "Tämä laite ei pystynyt siihen. Kokeile toista laitetta tai suojausavainta.",
    already: "Tällä laitteella on jo pääsyavain tilillesi.",
    gone: "Tämä pääsyavain ei enää avaa tiliä täällä. Valitse toinen tapa.",
    refused: "Kauppa ei hyväksynyt sitä. Lataa sivu uudelleen tai valitse toinen tapa.",
    order: "Hyväksyttäväksi pyydetty ei ole tämän sivun tilaus. Lataa sivu uudelleen.",
    network: "Kauppaan ei saatu yhteyttä. Tarkista yhteytesi ja yritä uudelleen.",
    otherwise: "Se ei onnistunut. Yritä uudelleen tai valitse toinen tapa.",
  },
};

export default locale;
