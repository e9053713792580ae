import type { PasskeyLocale } from "../../lib/passkey-languages.js";

/** Czech. */
const locale: PasskeyLocale = {
  language: "cs",
  reviewed: false,
  signin: {
    button: "Přihlásit se přístupovým klíčem",
    waiting: "Čeká se na váš přístupový klíč…",
    checking: "Váš přístupový klíč se ověřuje.",
    done: "Přihlášeno.",
    otherWays: "Jiné způsoby přihlášení",
  },
  list: {
    label: "Vaše přístupové klíče",
    empty: "Zatím nemáte žádné přístupové klíče. S klíčem se přihlásíte otiskem prstu, obličejem nebo zámkem obrazovky, bez hesla.",
    added: "Přidáno {date}",
    used: "Naposledy použito {date}",
    unused: "Zatím nepoužito",
    nameless: "Přístupový klíč",
    add: "Přidat přístupový klíč",
    adding: "Čeká se na váš přístupový klíč…",
    rename: "Přejmenovat {name}",
    newName: "Nový název",
    save: "Uložit",
    cancel: "Zrušit",
    remove: "Odebrat {name}",
    confirm: "Odebrat „{name}“? Už se jím nepřihlásíte. Ve vašem zařízení zůstane, dokud ho tam nesmažete.",
    confirmed: "Odebrat",
    wasAdded: "{name}: přidáno.",
    wasRenamed: "Nový název je {name}.",
    wasRemoved: "{name}: odebráno.",
  },
  problems: {
    cancelled: "Bylo to zrušeno. Zkuste to znovu, až budete chtít.",
    late: "Trvalo to příliš dlouho. Zkuste to znovu, až budete chtít.",
    unsupported: "Přístupové klíče v tomto prohlížeči nefungují. Zvolte jiný způsob.",
    elsewhere: "Přístupový klíč patří k jiné adrese. Zkontrolujte adresu této stránky.",
    busy: "Je otevřené jiné okno přístupového klíče. Dokončete je nebo zavřete a zkuste to znovu.",
    none: "Žádný přístupový klíč nebyl použit. Zkuste to znovu nebo zvolte jiný způsob.",
    device: "Toto zařízení to nedokázalo. Zkuste jiné zařízení nebo bezpečnostní klíč.",
    already: "Toto zařízení už přístupový klíč k vašemu účtu má.",
    gone: "Tento přístupový klíč tu už žádný účet neotevírá. Zvolte jiný způsob.",
    refused: "Obchod to nepřijal. Načtěte stránku znovu nebo zvolte jiný způsob.",
    order: "To, co jste měli potvrdit, není objednávka na této stránce. Načtěte stránku znovu.",
    network: "Obchod je nedostupný. Zkontrolujte připojení a zkuste to znovu.",
    otherwise: "Nepodařilo se to. Zkuste to znovu nebo zvolte jiný způsob.",
  },
};

export default locale;
