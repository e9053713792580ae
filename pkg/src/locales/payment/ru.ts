import type { PaymentLocale } from "../../lib/payment-languages.js";

/** Russian. */
const locale: PaymentLocale = {
  language: "ru",
  reviewed: false,
  form: {
    label: "Карта",
    number: { label: "Номер карты", hint: "" },
    expiry: { label: "Срок действия", hint: "Месяц и год, например 08/29" },
    code: { label: "Код безопасности", hint: "Цифр на карте: {length}" },
    name: { label: "Имя на карте", hint: "" },
    brands: "Принимаем карты:",
    choose: "Оплатить через",
    recognised: "Карта {brand}.",
    summary: "Проверьте данные карты",
    problemCount: "Данных карты к проверке: {count}.",
    sealing: "Карта шифруется…",
    loading: "Форма карты ещё загружается. Попробуйте через мгновение.",
    problems: {
      "payment.number-incomplete": "Введите все цифры номера карты.",
      "payment.number-invalid": "Проверьте номер карты: похоже, одна цифра неверна.",
      "payment.brand-not-accepted": "Магазин не принимает такие карты. Используйте другую.",
      "payment.expiry-invalid": "Введите срок действия: месяц и год, например 08/29.",
      "payment.expiry-past": "Срок действия карты истёк. Проверьте дату или используйте другую карту.",
      "payment.code-invalid": "Введите код безопасности, цифр: {length}.",
      "payment.name-invalid": "Введите имя так, как оно указано на карте.",
      "payment.seal-failed": "Не удалось зашифровать карту, ничего не отправлено. Введите код безопасности заново и попробуйте ещё раз.",
      "payment.order-mismatch": "Заказ изменился. Загрузите страницу заново.",
      "input.invalid": "Заказ изменился. Загрузите страницу заново.",
    },
    otherwise: "Не удалось подготовить карту к оплате, ничего не отправлено. Попробуйте ещё раз.",
  },
};

export default locale;
