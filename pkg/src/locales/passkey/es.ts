import type { PasskeyLocale } from "../../lib/passkey-languages.js";

/** Spanish. */
const locale: PasskeyLocale = {
  language: "es",
  reviewed: false,
  signin: {
    button: "Iniciar sesión con una llave de acceso",
    waiting: "Esperando su llave de acceso…",
    checking: "Comprobando su llave de acceso.",
    done: "Sesión iniciada.",
    otherWays: "Otras formas de iniciar sesión",
  },
  list: {
    label: "Sus llaves de acceso",
    empty: "Aún no tiene llaves de acceso. Con una inicia sesión con la huella, la cara o el bloqueo de pantalla, sin contraseña.",
    added: "Añadida el {date}",
    used: "Usada por última vez el {date}",
    unused: "Sin usar todavía",
    nameless: "Llave de acceso",
    add: "Añadir una llave de acceso",
    adding: "Esperando su llave de acceso…",
    rename: "Cambiar el nombre de {name}",
    newName: "Nombre nuevo",
    save: "Guardar",
    cancel: "Cancelar",
    remove: "Quitar {name}",
    confirm: "¿Quitar «{name}»? Ya no servirá para iniciar sesión. Seguirá en su dispositivo hasta que la borre allí.",
    confirmed: "Quitar",
    wasAdded: "Se ha añadido {name}.",
    wasRenamed: "Ahora se llama {name}.",
    wasRemoved: "Se ha quitado {name}.",
  },
  problems: {
    cancelled: "Se canceló. Inténtelo de nuevo cuando quiera.",
    late: "Tardó demasiado. Inténtelo de nuevo cuando quiera.",
    unsupported: "Las llaves de acceso no funcionan en este navegador. Elija otra forma.",
    elsewhere: "La llave de acceso es de otra dirección. Compruebe la dirección de esta página.",
    busy: "Hay otra ventana de llave de acceso abierta. Termine o ciérrela e inténtelo de nuevo.",
    none: "No se usó ninguna llave de acceso. Inténtelo de nuevo o elija otra forma.",
    device: "Este dispositivo no pudo hacerlo. Pruebe con otro dispositivo o una llave de seguridad.",
    already: "Este dispositivo ya tiene una llave de acceso para su cuenta.",
    gone: "Esta llave de acceso ya no abre ninguna cuenta aquí. Elija otra forma.",
    refused: "La tienda no lo aceptó. Vuelva a cargar la página o elija otra forma.",
    order: "Lo que se le pidió aceptar no es el pedido de esta página. Vuelva a cargar la página.",
    network: "No se pudo contactar con la tienda. Compruebe su conexión e inténtelo de nuevo.",
    otherwise: "No funcionó. Inténtelo de nuevo o elija otra forma.",
  },
};

export default locale;
