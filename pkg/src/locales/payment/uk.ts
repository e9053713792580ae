import type { PaymentLocale } from "../../lib/payment-languages.js";

/** Ukrainian. */
const locale: PaymentLocale = {
  language: "uk",
  reviewed: false,
  form: {
    label: "Картка",
    number: { label: "Номер картки", hint: "" },
    expiry: { label: "Термін дії", hint: "Місяць і рік, наприклад 08/29" },
    code: { label: "Код безпеки", hint: "Цифр на картці: {length}" },
    name: { label: "Ім’я на картці", hint: "" },
    brands: "Приймаємо картки:",
    choose: "Оплатити через",
    recognised: "Картка {brand}.",
    summary: "Перевірте дані картки",
    problemCount: "Даних картки для перевірки: {count}.",
    sealing: "Картка шифрується…",
    loading: "Форма картки ще завантажується. Спробуйте за мить.",
    problems: {
      "payment.number-incomplete": "Введіть усі цифри номера картки.",
      "payment.number-invalid": "Перевірте номер картки: схоже, одна цифра неправильна.",
      "payment.brand-not-accepted": "Магазин не приймає такі картки. Скористайтеся іншою.",
      "payment.expiry-invalid": "Введіть термін дії: місяць і рік, наприклад 08/29.",
      "payment.expiry-past": "Термін дії картки минув. Перевірте дату або скористайтеся іншою карткою.",
      "payment.code-invalid": "Введіть код безпеки, цифр: {length}.",
      "payment.name-invalid": "Введіть ім’я так, як воно вказане на картці.",
      "payment.seal-failed": "Не вдалося зашифрувати картку, нічого не надіслано. Введіть код безпеки ще раз і спробуйте знову.",
      "payment.order-mismatch": "Замовлення змінилося. Завантажте сторінку ще раз.",
      "input.invalid": "Замовлення змінилося. Завантажте сторінку ще раз.",
    },
    otherwise: "Не вдалося підготувати картку до оплати, нічого не надіслано. Спробуйте ще раз.",
  },
};

export default locale;
