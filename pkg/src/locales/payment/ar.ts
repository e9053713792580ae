import type { PaymentLocale } from "../../lib/payment-languages.js";

/** Arabic. */
const locale: PaymentLocale = {
  language: "ar",
  reviewed: false,
  form: {
    label: "بطاقة",
    number: { label: "رقم البطاقة", hint: "" },
    expiry: { label: "تاريخ الانتهاء", hint: "الشهر والسنة، مثل 08/29" },
    code: { label: "رمز الأمان", hint: "{length} أرقام على البطاقة" },
    name: { label: "الاسم على البطاقة", hint: "" },
    brands: "البطاقات المقبولة:",
    choose: "الدفع عبر",
    recognised: "بطاقة {brand}.",
    summary: "يرجى التحقق من بيانات البطاقة",
    problemCount: "بيانات بطاقة يجب التحقق منها: {count}.",
    sealing: "يجري تشفير بطاقتك…",
    loading: "ما زال نموذج البطاقة قيد التحميل. حاول مرة أخرى بعد لحظة.",
    problems: {
      "payment.number-incomplete": "أدخل جميع أرقام البطاقة.",
      "payment.number-invalid": "تحقق من رقم البطاقة: يبدو أن أحد الأرقام خاطئ.",
      "payment.brand-not-accepted": "لا يقبل هذا المتجر هذا النوع من البطاقات. استخدم بطاقة أخرى.",
      "payment.expiry-invalid": "أدخل تاريخ الانتهاء بالشهر والسنة، مثل 08/29.",
      "payment.expiry-past": "انتهت صلاحية هذه البطاقة. تحقق من التاريخ أو استخدم بطاقة أخرى.",
      "payment.code-invalid": "أدخل أرقام رمز الأمان وعددها {length}.",
      "payment.name-invalid": "أدخل الاسم كما هو مكتوب على البطاقة.",
      "payment.seal-failed": "تعذر تشفير بطاقتك ولم يُرسل شيء. أدخل رمز الأمان من جديد وحاول مرة أخرى.",
      "payment.order-mismatch": "تغير هذا الطلب. أعد تحميل الصفحة.",
      "input.invalid": "تغير هذا الطلب. أعد تحميل الصفحة.",
    },
    otherwise: "تعذر تجهيز بطاقتك للدفع ولم يُرسل شيء. حاول مرة أخرى.",
  },
};

export default locale;
