import type { PasskeyLocale } from "../../lib/passkey-languages.js";

/** Romanian. */
const locale: PasskeyLocale = {
  language: "ro",
  reviewed: false,
  signin: {
    button: "Conectați-vă cu o cheie de acces",
    waiting: "Se așteaptă cheia de acces…",
    checking: "Se verifică cheia de acces.",
    done: "V-ați conectat.",
    otherWays: "Alte moduri de conectare",
  },
  list: {
    label: "Cheile dvs. de acces",
    empty: "Nu aveți încă nicio cheie de acces. Cu ea vă conectați prin amprentă, față sau blocarea ecranului, fără parolă.",
    added: "Adăugată la {date}",
    used: "Folosită ultima dată la {date}",
    unused: "Nefolosită încă",
    nameless: "Cheie de acces",
    add: "Adăugați o cheie de acces",
    adding: "Se așteaptă cheia de acces…",
    rename: "Redenumiți {name}",
    newName: "Nume nou",
    save: "Salvați",
    cancel: "Anulați",
    remove: "Eliminați {name}",
    confirm: "Eliminați „{name}”? Nu vă va mai conecta. Rămâne pe dispozitiv până o ștergeți acolo.",
    confirmed: "Eliminați",
    wasAdded: "{name} a fost adăugată.",
    wasRenamed: "Redenumită în {name}.",
    wasRemoved: "{name} a fost eliminată.",
  },
  problems: {
    cancelled: "A fost anulat. Încercați din nou când sunteți gata.",
    late: "A durat prea mult. Încercați din nou când sunteți gata.",
    unsupported: "Cheile de acces nu funcționează în acest browser. Alegeți alt mod.",
    elsewhere: "Cheia de acces este pentru altă adresă. Verificați adresa acestei pagini.",
    busy: "Este deschisă altă fereastră pentru chei de acces. Încheiați sau închideți-o și încercați din nou.",
    none: "Nu s-a folosit nicio cheie de acces. Încercați din nou sau alegeți alt mod.",
    device: "Acest dispozitiv nu a putut face asta. Încercați alt dispozitiv sau o cheie de securitate.",
    already: "Acest dispozitiv are deja o cheie de acces pentru contul dvs.",
    gone: "Această cheie de acces nu mai deschide aici niciun cont. Alegeți alt mod.",
    refused: "Magazinul nu a acceptat. Reîncărcați pagina sau alegeți alt mod.",
    order: "Ce vi s-a cerut să acceptați nu este comanda de pe această pagină. Reîncărcați pagina.",
    network: "Magazinul nu poate fi contactat. Verificați conexiunea și încercați din nou.",
    otherwise: "Nu a reușit. Încercați din nou sau alegeți alt mod.",
  },
};

export default locale;
