import type { PasskeyLocale } from "../../lib/passkey-languages.js";

/** Turkish. */
const locale: PasskeyLocale = {
  language: "tr",
  reviewed: false,
  signin: {
    button: "Geçiş anahtarıyla oturum aç",
    waiting: "Geçiş anahtarınız bekleniyor…",
    checking: "Geçiş anahtarınız denetleniyor.",
    done: "Oturum açıldı.",
    otherWays: "Oturum açmanın başka yolları",
  },
  list: {
    label: "Geçiş anahtarlarınız",
    empty: "Henüz geçiş anahtarınız yok. Onunla parmak izi, yüz veya ekran kilidiyle, parola olmadan oturum açarsınız.",
    added: "Eklendi: {date}",
    used: "Son kullanım: {date}",
    unused: "Henüz kullanılmadı",
    nameless: "Geçiş anahtarı",
    add: "Geçiş anahtarı ekle",
    adding: "Geçiş anahtarınız bekleniyor…",
    rename: "Yeniden adlandır: {name}",
    newName: "Yeni ad",
    save: "Kaydet",
    cancel: "Vazgeç",
    remove: "Kaldır: {name}",
    confirm: "“{name}” kaldırılsın mı? Artık onunla oturum açılamaz. Siz silene kadar cihazınızda kalır.",
    confirmed: "Kaldır",
    wasAdded: "{name} eklendi.",
    wasRenamed: "Yeni adı {name}.",
    wasRemoved: "{name} kaldırıldı.",
  },
  problems: {
    cancelled: "İşlem iptal edildi. Hazır olduğunuzda yeniden deneyin.",
    late: "Çok uzun sürdü. Hazır olduğunuzda yeniden deneyin.",
    unsupported: "Geçiş anahtarları bu tarayıcıda çalışmıyor. Başka bir yol seçin.",
    elsewhere: "Geçiş anahtarı başka bir adrese ait. Bu sayfanın adresini denetleyin.",
    busy: "Başka bir geçiş anahtarı penceresi açık. Onu bitirin ya da kapatın ve yeniden deneyin.",
    none: "Geçiş anahtarı kullanılmadı. Yeniden deneyin ya da başka bir yol seçin.",
    device: "Bu cihaz bunu yapamadı. Başka bir cihaz ya da güvenlik anahtarı deneyin.",
    already: "Bu cihazda hesabınız için zaten bir geçiş anahtarı var.",
    gone: "Bu geçiş anahtarı artık burada bir hesap açmıyor. Başka bir yol seçin.",
    refused: "Mağaza bunu kabul etmedi. Sayfayı yeniden yükleyin ya da başka bir yol seçin.",
    order: "Onaylamanız istenen şey bu sayfadaki sipariş değil. Sayfayı yeniden yükleyin.",
    network: "Mağazaya ulaşılamadı. Bağlantınızı denetleyin ve yeniden deneyin.",
    otherwise: "Bu olmadı. Yeniden deneyin ya da başka bir yol seçin.",
  },
};

export default locale;
