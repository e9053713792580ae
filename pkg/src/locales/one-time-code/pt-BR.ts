import type { OneTimeCodeLocale } from "../../lib/code-languages.js";

/** Brazilian Portuguese. */
const locale: OneTimeCodeLocale = {
  language: "pt-BR",
  reviewed: false,
  words: {
    remaining: "O código vale por mais {time}.",
    warning: "Falta menos de um minuto para o código.",
    expired: "O tempo acabou. Peça o envio de outro código.",
    extend: "Preciso de mais tempo",
    extended: "Você tem mais tempo.",
    resend: "Enviar outro código",
    resendIn: "Outro código pode ser enviado em {seconds} segundos.",
    sent: "Outro código foi enviado. Os anteriores não valem mais.",
    complete: "O código está completo.",
    incomplete: "Digite os {digits} dígitos do código.",
    phishable: "Um código pode ser entregue a uma página que só parece a nossa. Uma chave de acesso, não.",
    level: "Nível de garantia {level} de 3.",
    noLevel: "Abaixo do nível de garantia 1.",
    scan: "Leia isto com o seu aplicativo autenticador.",
    picture: "Código QR com a chave para o seu aplicativo autenticador",
    open: "Abrir um aplicativo neste dispositivo",
    key: "Ou digite esta chave no aplicativo:",
    copyKey: "Copiar a chave",
    copyCodes: "Copiar os códigos",
    copied: "Copiado.",
    notCopied: "O navegador não copiou. O texto está selecionado: copie você mesmo.",
    download: "Baixar",
    print: "Imprimir",
    saved: "Eu os guardei",
    saveFirst: "Guarde primeiro os códigos: eles não serão mostrados de novo.",
    failed: "Não deu certo. Verifique a sua conexão e tente de novo.",
  },
};

export default locale;
