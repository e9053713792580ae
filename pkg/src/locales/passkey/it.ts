import type { PasskeyLocale } from "../../lib/passkey-languages.js";

/** Italian. */
const locale: PasskeyLocale = {
  language: "it",
  reviewed: false,
  signin: {
    button: "Accedi con una passkey",
    waiting: "In attesa della passkey…",
    checking: "Verifica della passkey in corso.",
    done: "Accesso effettuato.",
    otherWays: "Altri modi per accedere",
  },
  list: {
    label: "Le tue passkey",
    empty: "Non hai ancora passkey. Con una accedi con l’impronta, il volto o il blocco schermo, senza password.",
    added: "Aggiunta il {date}",
    used: "Ultimo uso il {date}",
    unused: "Non ancora usata",
    nameless: "La tua passkey",
    add: "Aggiungi una passkey",
    adding: "In attesa della passkey…",
    rename: "Rinomina {name}",
    newName: "Nuovo nome",
    save: "Salva",
    cancel: "Annulla",
    remove: "Rimuovi {name}",
    confirm: "Rimuovere «{name}»? Non servirà più per accedere. Resta sul dispositivo finché non la elimini lì.",
    confirmed: "Rimuovi",
    wasAdded: "{name} è stata aggiunta.",
    wasRenamed: "Rinominata in {name}.",
    wasRemoved: "{name} è stata rimossa.",
  },
  problems: {
    cancelled: "L’operazione è stata annullata. Riprova quando vuoi.",
    late: "Ci è voluto troppo tempo. Riprova quando vuoi.",
    unsupported: "Le passkey non funzionano in questo browser. Scegli un altro modo.",
    elsewhere: "La passkey è di un altro indirizzo. Controlla l’indirizzo di questa pagina.",
    busy: "È aperta un’altra finestra per le passkey. Completala o chiudila e riprova.",
    none: "Non è stata usata nessuna passkey. Riprova o scegli un altro modo.",
    device: "Questo dispositivo non è riuscito a farlo. Prova un altro dispositivo o una chiave di sicurezza.",
    already: "Questo dispositivo ha già una passkey per il tuo account.",
    gone: "Questa passkey non apre più un account qui. Scegli un altro modo.",
    refused: "Il negozio non ha accettato. Ricarica la pagina o scegli un altro modo.",
    order: "Ciò che ti è stato chiesto di accettare non è l’ordine di questa pagina. Ricarica la pagina.",
    network: "Il negozio non è raggiungibile. Controlla la connessione e riprova.",
    otherwise: "Non ha funzionato. Riprova o scegli un altro modo.",
  },
};

export default locale;
