import type { OneTimeCodeLocale } from "../../lib/code-languages.js";

/** Turkish. */
const locale: OneTimeCodeLocale = {
  language: "tr",
  reviewed: false,
  words: {
    remaining: "Kod {time} daha geçerli.",
    warning: "Kodun bir dakikadan az süresi kaldı.",
    expired: "Süre doldu. Başka bir kod gönderilmesini isteyin.",
    extend: "Daha fazla zamana ihtiyacım var",
    extended: "Daha fazla zamanınız var.",
    resend: "Başka bir kod gönder",
    resendIn: "{seconds} saniye sonra başka bir kod gönderilebilir.",
    sent: "Başka bir kod gönderildi. Öncekiler artık geçerli değil.",
    complete: "Kod tamamlandı.",
    incomplete: "Kodun {digits} rakamını girin.",
    phishable: "Bir kod, yalnızca bizimkine benzeyen bir sayfaya kaptırılabilir. Geçiş anahtarı kaptırılamaz.",
    level: "Güvence düzeyi {level}/3.",
    noLevel: "Güvence düzeyi 1’in altında.",
    scan: "Bunu kimlik doğrulama uygulamanızla tarayın.",
    picture: "Kimlik doğrulama uygulamanız için anahtarı içeren QR kodu",
    open: "Bu cihazda bir uygulama aç",
    key: "Ya da bu anahtarı uygulamaya yazın:",
    copyKey: "Anahtarı kopyala",
    copyCodes: "Kodları kopyala",
    copied: "Kopyalandı.",
    notCopied: "Tarayıcı kopyalamadı. Metin seçili: kendiniz kopyalayın.",
    download: "İndir",
    print: "Yazdır",
    saved: "Onları sakladım",
    saveFirst: "Önce kodları saklayın: bir daha gösterilmeyecekler.",
    failed: "Olmadı. Bağlantınızı denetleyin ve yeniden deneyin.",
  },
};

export default locale;
