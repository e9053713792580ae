import type { OneTimeCodeLocale } from "../../lib/code-languages.js";

/** Arabic. */
const locale: OneTimeCodeLocale = {
  language: "ar",
  reviewed: false,
  words: {
    remaining: "يبقى الرمز صالحًا لمدة {time}.",
    warning: "بقيت أقل من دقيقة على انتهاء الرمز.",
    expired: "انتهى الوقت. اطلب إرسال رمز آخر.",
    extend: "أحتاج إلى مزيد من الوقت",
    extended: "لديك مزيد من الوقت.",
    resend: "إرسال رمز آخر",
    resendIn: "يمكن إرسال رمز آخر بعد {seconds} ثانية.",
    sent: "أُرسل رمز آخر. الرموز السابقة لم تعد صالحة.",
    complete: "اكتمل الرمز.",
    incomplete: "أدخل أرقام الرمز وعددها {digits}.",
    phishable: "يمكن أن يُعطى الرمز لصفحة تشبه صفحتنا فقط. أما مفتاح المرور فلا.",
    level: "مستوى الضمان {level} من 3.",
    noLevel: "دون مستوى الضمان 1.",
    scan: "امسح هذا بتطبيق المصادقة.",
    picture: "رمز QR فيه مفتاح تطبيق المصادقة",
    open: "فتح تطبيق على هذا الجهاز",
    key: "أو اكتب هذا المفتاح في التطبيق:",
    copyKey: "نسخ المفتاح",
    copyCodes: "نسخ الرموز",
    copied: "تم النسخ.",
    notCopied: "لم ينسخه المتصفح. النص محدد: انسخه بنفسك.",
    download: "تنزيل",
    print: "طباعة",
    saved: "لقد حفظتها",
    saveFirst: "احفظ الرموز أولًا: لن تُعرض مرة أخرى.",
    failed: "لم ينجح ذلك. تحقق من اتصالك وحاول مرة أخرى.",
  },
};

export default locale;
