import type { PaymentLocale } from "../../lib/payment-languages.js";

/** Greek. */
const locale: PaymentLocale = {
  language: "el",
  reviewed: false,
  form: {
    label: "Κάρτα",
    number: { label: "Αριθμός κάρτας", hint: "" },
    expiry: { label: "Ημερομηνία λήξης", hint: "Μήνας και έτος, π.χ. 08/29" },
    code: { label: "Κωδικός ασφαλείας", hint: "{length} ψηφία πάνω στην κάρτα" },
    name: { label: "Όνομα στην κάρτα", hint: "" },
    brands: "Δεκτές κάρτες:",
    choose: "Πληρωμή μέσω",
    recognised: "Κάρτα {brand}.",
    summary: "Ελέγξτε τα στοιχεία της κάρτας",
    problemCount: "Στοιχεία κάρτας για έλεγχο: {count}.",
    sealing: "Η κάρτα σας κρυπτογραφείται…",
    loading: "Η φόρμα της κάρτας φορτώνει ακόμη. Δοκιμάστε ξανά σε λίγο.",
    problems: {
      "payment.number-incomplete": "Εισαγάγετε όλα τα ψηφία του αριθμού της κάρτας.",
      "payment.number-invalid": "Ελέγξτε τον αριθμό της κάρτας: κάποιο ψηφίο φαίνεται λάθος.",
      "payment.brand-not-accepted": "Το κατάστημα δεν δέχεται αυτό το είδος κάρτας. Χρησιμοποιήστε άλλη.",
      "payment.expiry-invalid": "Εισαγάγετε την ημερομηνία λήξης ως μήνα και έτος, π.χ. 08/29.",
      "payment.expiry-past": "Η κάρτα έχει λήξει. Ελέγξτε την ημερομηνία ή χρησιμοποιήστε άλλη κάρτα.",
      "payment.code-invalid": "Εισαγάγετε τα {length} ψηφία του κωδικού ασφαλείας.",
      "payment.name-invalid": "Εισαγάγετε το όνομα όπως είναι στην κάρτα.",
      "payment.seal-failed": "Η κάρτα δεν κρυπτογραφήθηκε και τίποτα δεν στάλθηκε. Εισαγάγετε πάλι τον κωδικό ασφαλείας και δοκιμάστε ξανά.",
      "payment.order-mismatch": "Η παραγγελία άλλαξε. Φορτώστε ξανά τη σελίδα.",
      "input.invalid": "Η παραγγελία άλλαξε. Φορτώστε ξανά τη σελίδα.",
    },
    otherwise: "Η κάρτα δεν ετοιμάστηκε για πληρωμή και τίποτα δεν στάλθηκε. Δοκιμάστε ξανά.",
  },
};

export default locale;
