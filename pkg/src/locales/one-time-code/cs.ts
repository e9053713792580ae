import type { OneTimeCodeLocale } from "../../lib/code-languages.js";

/** Czech. */
const locale: OneTimeCodeLocale = {
  language: "cs",
  reviewed: false,
  words: {
    remaining: "Kód platí ještě {time}.",
    warning: "Kód platí méně než minutu.",
    expired: "Čas vypršel. Nechte si poslat jiný kód.",
    extend: "Potřebuji více času",
    extended: "Máte více času.",
    resend: "Poslat jiný kód",
    resendIn: "Jiný kód lze poslat za {seconds} s.",
    sent: "Byl poslán jiný kód. Předchozí už neplatí.",
    complete: "Kód je úplný.",
    incomplete: "Zadejte všechny číslice kódu: {digits}.",
    phishable: "Kód lze prozradit stránce, která jen vypadá jako naše. Přístupový klíč ne.",
    level: "Úroveň záruky {level} ze 3.",
    noLevel: "Pod úrovní záruky 1.",
    scan: "Naskenujte to svou ověřovací aplikací.",
    picture: "QR kód s klíčem pro vaši ověřovací aplikaci",
    open: "Otevřít aplikaci na tomto zařízení",
    key: "Nebo zadejte tento klíč do aplikace:",
    copyKey: "Kopírovat klíč",
    copyCodes: "Kopírovat kódy",
    copied: "Zkopírováno.",
    notCopied: "Prohlížeč text nezkopíroval. Je vybraný: zkopírujte ho sami.",
    download: "Stáhnout",
    print: "Vytisknout",
    saved: "Mám je uložené",
    saveFirst: "Nejdřív kódy uložte: znovu se nezobrazí.",
    failed: "Nepodařilo se to. Zkontrolujte připojení a zkuste to znovu.",
  },
};

export default locale;
