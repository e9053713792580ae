import type { OneTimeCodeLocale } from "../../lib/code-languages.js";

/** Hebrew. */
const locale: OneTimeCodeLocale = {
  language: "he",
  reviewed: false,
  words: {
    remaining: "הקוד תקף לעוד {time}.",
    warning: "נותרה פחות מדקה לקוד.",
    expired: "הזמן נגמר. יש לבקש קוד אחר.",
    extend: "דרוש לי עוד זמן",
    extended: "ניתן לך עוד זמן.",
    resend: "שליחת קוד אחר",
    resendIn: "אפשר לשלוח קוד אחר בעוד {seconds} שניות.",
    sent: "נשלח קוד אחר. הקודים הקודמים אינם תקפים עוד.",
    complete: "הקוד שלם.",
    incomplete: "יש להזין את {digits} ספרות הקוד.",
    phishable: "קוד אפשר למסור לדף שרק נראה כמו שלנו. מפתח גישה אי אפשר.",
    level: "רמת הבטחה {level} מתוך 3.",
    noLevel: "מתחת לרמת הבטחה 1.",
    scan: "יש לסרוק זאת באפליקציית האימות.",
    picture: "קוד QR עם המפתח לאפליקציית האימות",
    open: "פתיחת אפליקציה במכשיר הזה",
    key: "או הקלדת המפתח הזה באפליקציה:",
    copyKey: "העתקת המפתח",
    copyCodes: "העתקת הקודים",
    copied: "הועתק.",
    notCopied: "הדפדפן לא העתיק. הטקסט מסומן: יש להעתיק אותו ידנית.",
    download: "הורדה",
    print: "הדפסה",
    saved: "שמרתי אותם",
    saveFirst: "יש לשמור תחילה את הקודים: הם לא יוצגו שוב.",
    failed: "זה לא הצליח. יש לבדוק את החיבור ולנסות שוב.",
  },
};

export default locale;
