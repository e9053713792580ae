import type { PaymentLocale } from "../../lib/payment-languages.js";

/** Spanish. */
const locale: PaymentLocale = {
  language: "es",
  reviewed: false,
  form: {
    label: "Tarjeta",
    number: { label: "Número de la tarjeta", hint: "" },
    expiry: { label: "Fecha de caducidad", hint: "Mes y año, por ejemplo 08/29" },
    code: { label: "Código de seguridad", hint: "{length} dígitos de la tarjeta" },
    name: { label: "Nombre en la tarjeta", hint: "" },
    brands: "Tarjetas aceptadas:",
    choose: "Pagar con",
    recognised: "Tarjeta {brand}.",
    summary: "Revise los datos de la tarjeta",
    problemCount: "Datos de la tarjeta por revisar: {count}.",
    sealing: "Cifrando su tarjeta…",
    loading: "El formulario de la tarjeta aún se está cargando. Inténtelo de nuevo en un momento.",
    problems: {
      "payment.number-incomplete": "Introduzca todos los dígitos del número de la tarjeta.",
      "payment.number-invalid": "Revise el número de la tarjeta: parece que hay un dígito equivocado.",
      "payment.brand-not-accepted": "Esta tienda no acepta este tipo de tarjeta. Use otra.",
      "payment.expiry-invalid": "Introduzca la fecha de caducidad con mes y año, por ejemplo 08/29.",
      "payment.expiry-past": "Esta tarjeta ha caducado. Revise la fecha o use otra tarjeta.",
      "payment.code-invalid": "Introduzca los {length} dígitos del código de seguridad.",
      "payment.name-invalid": "Introduzca el nombre tal como figura en la tarjeta.",
      "payment.seal-failed": "No se pudo cifrar su tarjeta y no se ha enviado nada. Introduzca de nuevo el código de seguridad e inténtelo otra vez.",
      "payment.order-mismatch": "Este pedido ha cambiado. Vuelva a cargar la página.",
      "input.invalid": "Este pedido ha cambiado. Vuelva a cargar la página.",
    },
    otherwise: "No se pudo preparar su tarjeta para el pago y no se ha enviado nada. Inténtelo de nuevo.",
  },
};

export default locale;
