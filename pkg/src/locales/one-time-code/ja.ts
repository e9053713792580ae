import type { OneTimeCodeLocale } from "../../lib/code-languages.js";

/** Japanese. */
const locale: OneTimeCodeLocale = {
  language: "ja",
  reviewed: false,
  words: {
    remaining: "コードの有効時間はあと {time} です。",
    warning: "コードの有効時間は残り 1 分未満です。",
    expired: "時間切れです。別のコードを送信してください。",
    extend: "時間を延長する",
    extended: "時間を延長しました。",
    resend: "別のコードを送信",
    resendIn: "{seconds} 秒後に別のコードを送信できます。",
    sent: "別のコードを送信しました。以前のコードは使えません。",
    complete: "コードがすべて入力されました。",
    incomplete: "コードの {digits} 桁の数字を入力してください。",
    phishable: "コードは、当店に似せただけのページに渡してしまうおそれがあります。パスキーにはそのおそれがありません。",
    level: "保証レベル {level}（3 段階中）。",
    noLevel: "保証レベル 1 未満。",
    scan: "認証アプリでこれを読み取ってください。",
    picture: "認証アプリ用のキーを含む QR コード",
    open: "この端末のアプリを開く",
    key: "または、このキーをアプリに入力してください：",
    copyKey: "キーをコピー",
    copyCodes: "コードをコピー",
    copied: "コピーしました。",
    notCopied: "ブラウザーがコピーできませんでした。選択されているので、ご自身でコピーしてください。",
    download: "ダウンロード",
    print: "印刷",
    saved: "保存しました",
    saveFirst: "先にコードを保存してください。二度と表示されません。",
    failed: "うまくいきませんでした。接続を確認して、もう一度お試しください。",
  },
};

export default locale;
