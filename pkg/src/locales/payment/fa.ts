import type { PaymentLocale } from "../../lib/payment-languages.js";

/** Persian. */
const locale: PaymentLocale = {
  language: "fa",
  reviewed: false,
  form: {
    label: "کارت",
    number: { label: "شمارهٔ کارت", hint: "" },
    expiry: { label: "تاریخ انقضا", hint: "ماه و سال، مانند 08/29" },
    code: { label: "کد امنیتی", hint: "{length} رقم روی کارت" },
    name: { label: "نام روی کارت", hint: "" },
    brands: "کارت‌های پذیرفته‌شده:",
    choose: "پرداخت با",
    recognised: "کارت {brand}.",
    summary: "لطفاً اطلاعات کارت را بررسی کنید",
    problemCount: "اطلاعات کارت برای بررسی: {count}.",
    sealing: "کارت شما در حال رمزگذاری است…",
    loading: "فرم کارت هنوز در حال بارگیری است. کمی بعد دوباره تلاش کنید.",
    problems: {
      "payment.number-incomplete": "همهٔ رقم‌های شمارهٔ کارت را وارد کنید.",
      "payment.number-invalid": "شمارهٔ کارت را بررسی کنید: به نظر می‌رسد یک رقم اشتباه است.",
      "payment.brand-not-accepted": "این فروشگاه این نوع کارت را نمی‌پذیرد. از کارت دیگری استفاده کنید.",
      "payment.expiry-invalid": "تاریخ انقضا را با ماه و سال وارد کنید، مانند 08/29.",
      "payment.expiry-past": "این کارت منقضی شده است. تاریخ را بررسی کنید یا از کارت دیگری استفاده کنید.",
      "payment.code-invalid": "{length} رقم کد امنیتی را وارد کنید.",
      "payment.name-invalid": "نام را همان‌گونه که روی کارت است وارد کنید.",
      "payment.seal-failed": "کارت شما رمزگذاری نشد و چیزی فرستاده نشد. کد امنیتی را دوباره وارد کنید و بار دیگر تلاش کنید.",
      "payment.order-mismatch": "این سفارش تغییر کرده است. صفحه را دوباره بارگیری کنید.",
      "input.invalid": "این سفارش تغییر کرده است. صفحه را دوباره بارگیری کنید.",
    },
    otherwise: "کارت شما برای پرداخت آماده نشد و چیزی فرستاده نشد. دوباره تلاش کنید.",
  },
};

export default locale;
