import type { PaymentLocale } from "../../lib/payment-languages.js";

/** Turkish. */
const locale: PaymentLocale = {
  language: "tr",
  reviewed: false,
  form: {
    label: "Kart",
    number: { label: "Kart numarası", hint: "" },
    expiry: { label: "Son kullanma tarihi", hint: "Ay ve yıl, örneğin 08/29" },
    code: { label: "Güvenlik kodu", hint: "Kart üzerindeki {length} rakam" },
    name: { label: "Kart üzerindeki ad", hint: "" },
    brands: "Kabul edilen kartlar:",
    choose: "Ödeme ağı",
    recognised: "{brand} kartı.",
    summary: "Lütfen kart bilgilerinizi kontrol edin",
    problemCount: "Kontrol edilecek kart bilgisi: {count}.",
    sealing: "Kartınız şifreleniyor…",
    loading: "Kart formu hâlâ yükleniyor. Lütfen biraz sonra yeniden deneyin.",
    problems: {
      "payment.number-incomplete": "Kart numarasının tüm rakamlarını girin.",
      "payment.number-invalid": "Kart numarasını kontrol edin: bir rakam yanlış görünüyor.",
      "payment.brand-not-accepted": "Bu mağaza bu tür kartı kabul etmiyor. Başka bir kart kullanın.",
      "payment.expiry-invalid": "Son kullanma tarihini ay ve yıl olarak girin, örneğin 08/29.",
      "payment.expiry-past": "Bu kartın süresi dolmuş. Tarihi kontrol edin veya başka bir kart kullanın.",
      "payment.code-invalid": "Güvenlik kodunun {length} rakamını girin.",
      "payment.name-invalid": "Adı kartta yazdığı gibi girin.",
      "payment.seal-failed": "Kartınız şifrelenemedi ve hiçbir şey gönderilmedi. Güvenlik kodunu yeniden girip bir kez daha deneyin.",
      "payment.order-mismatch": "Bu sipariş değişti. Sayfayı yeniden yükleyin.",
      "input.invalid": "Bu sipariş değişti. Sayfayı yeniden yükleyin.",
    },
    otherwise: "Kartınız ödeme için hazırlanamadı ve hiçbir şey gönderilmedi. Yeniden deneyin.",
  },
};

export default locale;
