import type { OneTimeCodeLocale } from "../../lib/code-languages.js";

/** Persian. */
const locale: OneTimeCodeLocale = {
  language: "fa",
  reviewed: false,
  words: {
    remaining: "کد تا {time} دیگر معتبر است.",
    warning: "کمتر از یک دقیقه به پایان کد مانده است.",
    expired: "زمان تمام شد. کد دیگری درخواست کنید.",
    extend: "زمان بیشتری لازم دارم",
    extended: "زمان بیشتری دارید.",
    resend: "ارسال کد دیگر",
    resendIn: "کد دیگر را می‌توان {seconds} ثانیهٔ دیگر فرستاد.",
    sent: "کد دیگری فرستاده شد. کدهای پیشین دیگر معتبر نیستند.",
    complete: "کد کامل است.",
    incomplete: "{digits} رقم کد را وارد کنید.",
    phishable: "کد را می‌توان به صفحه‌ای داد که فقط شبیه صفحهٔ ماست. گذرکلید را نه.",
    level: "سطح اطمینان {level} از 3.",
    noLevel: "پایین‌تر از سطح اطمینان 1.",
    scan: "این را با برنامهٔ احراز هویت خود اسکن کنید.",
    picture: "کد QR با کلید برنامهٔ احراز هویت شما",
    open: "باز کردن برنامه در همین دستگاه",
    key: "یا این کلید را در برنامه بنویسید:",
    copyKey: "رونوشت از کلید",
    copyCodes: "رونوشت از کدها",
    copied: "رونوشت شد.",
    notCopied: "مرورگر رونوشت نکرد. متن انتخاب شده است: خودتان رونوشت کنید.",
    download: "بارگیری",
    print: "چاپ",
    saved: "آن‌ها را ذخیره کردم",
    saveFirst: "نخست کدها را ذخیره کنید: دیگر نشان داده نمی‌شوند.",
    failed: "نشد. اتصال خود را بررسی کنید و دوباره امتحان کنید.",
  },
};

export default locale;
