import type { PaymentLocale } from "../../lib/payment-languages.js";

/** Hebrew. */
const locale: PaymentLocale = {
  language: "he",
  reviewed: false,
  form: {
    label: "כרטיס",
    number: { label: "מספר הכרטיס", hint: "" },
    expiry: { label: "תוקף", hint: "חודש ושנה, למשל 08/29" },
    code: { label: "קוד אבטחה", hint: "{length} ספרות על הכרטיס" },
    name: { label: "השם על הכרטיס", hint: "" },
    brands: "כרטיסים שמתקבלים:",
    choose: "תשלום באמצעות",
    recognised: "כרטיס {brand}.",
    summary: "נא לבדוק את פרטי הכרטיס",
    problemCount: "פרטי כרטיס לבדיקה: {count}.",
    sealing: "הכרטיס שלך מוצפן…",
    loading: "טופס הכרטיס עדיין נטען. נסו שוב בעוד רגע.",
    problems: {
      "payment.number-incomplete": "הזינו את כל הספרות של מספר הכרטיס.",
      "payment.number-invalid": "בדקו את מספר הכרטיס: נראה שאחת הספרות שגויה.",
      "payment.brand-not-accepted": "החנות הזו לא מקבלת כרטיס מסוג זה. השתמשו בכרטיס אחר.",
      "payment.expiry-invalid": "הזינו את התוקף כחודש ושנה, למשל 08/29.",
      "payment.expiry-past": "תוקף הכרטיס פג. בדקו את התאריך או השתמשו בכרטיס אחר.",
      "payment.code-invalid": "הזינו את {length} הספרות של קוד האבטחה.",
      "payment.name-invalid": "הזינו את השם כפי שהוא מופיע על הכרטיס.",
      "payment.seal-failed": "לא ניתן היה להצפין את הכרטיס, ודבר לא נשלח. הזינו שוב את קוד האבטחה ונסו פעם נוספת.",
      "payment.order-mismatch": "ההזמנה השתנתה. טענו את הדף מחדש.",
      "input.invalid": "ההזמנה השתנתה. טענו את הדף מחדש.",
    },
    otherwise: "לא ניתן היה להכין את הכרטיס לתשלום, ודבר לא נשלח. נסו שוב.",
  },
};

export default locale;
