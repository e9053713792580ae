import type { OneTimeCodeLocale } from "../../lib/code-languages.js";

/** Spanish. */
const locale: OneTimeCodeLocale = {
  language: "es",
  reviewed: false,
  words: {
    remaining: "El código vale {time} más.",
    warning: "Al código le queda menos de un minuto.",
    expired: "Se acabó el tiempo. Pida que le enviemos otro código.",
    extend: "Necesito más tiempo",
    extended: "Tiene más tiempo.",
    resend: "Enviar otro código",
    resendIn: "Se puede enviar otro código dentro de {seconds} segundos.",
    sent: "Se ha enviado otro código. Los anteriores ya no valen.",
    complete: "El código está completo.",
    incomplete: "Introduzca los {digits} dígitos del código.",
    phishable: "Un código se puede entregar a una página que solo se parece a la nuestra. Una llave de acceso, no.",
    level: "Nivel de garantía {level} de 3.",
    noLevel: "Por debajo del nivel de garantía 1.",
    scan: "Escanee esto con su aplicación de autenticación.",
    picture: "Código QR con la clave para su aplicación de autenticación",
    open: "Abrir una aplicación en este dispositivo",
    key: "O escriba esta clave en la aplicación:",
    copyKey: "Copiar la clave",
    copyCodes: "Copiar los códigos",
    copied: "Copiado.",
    notCopied: "El navegador no lo ha copiado. Está seleccionado: cópielo usted.",
    download: "Descargar",
    print: "Imprimir",
    saved: "Los he guardado",
    saveFirst: "Guarde primero los códigos: no se volverán a mostrar.",
    failed: "No ha funcionado. Compruebe su conexión e inténtelo de nuevo.",
  },
};

export default locale;
