import type { PasskeyLocale } from "../../lib/passkey-languages.js";

/** Japanese. */
const locale: PasskeyLocale = {
  language: "ja",
  reviewed: false,
  signin: {
    button: "パスキーでログイン",
    waiting: "パスキーを待っています…",
    checking: "パスキーを確認しています。",
    done: "ログインしました。",
    otherWays: "ほかのログイン方法",
  },
  list: {
    label: "パスキー",
    empty: "パスキーはまだありません。パスキーがあれば、指紋、顔、画面ロックで、パスワードなしでログインできます。",
    added: "{date}に追加",
    used: "{date}に最後に使用",
    unused: "まだ使われていません",
    nameless: "パスキー",
    add: "パスキーを追加",
    adding: "パスキーを待っています…",
    rename: "{name}の名前を変更",
    newName: "新しい名前",
    save: "保存",
    cancel: "キャンセル",
    remove: "{name}を削除",
    confirm: "「{name}」を削除しますか？今後はログインに使えません。端末からは、そこで消すまで残ります。",
    confirmed: "削除",
    wasAdded: "{name}を追加しました。",
    wasRenamed: "{name}に名前を変更しました。",
    wasRemoved: "{name}を削除しました。",
  },
  problems: {
    cancelled: "中止されました。準備ができたら、もう一度お試しください。",
    late: "時間がかかりすぎました。準備ができたら、もう一度お試しください。",
    unsupported: "このブラウザではパスキーを使えません。ほかの方法を選んでください。",
    elsewhere: "パスキーは別のアドレスのものです。このページのアドレスを確認してください。",
    busy: "別のパスキーの画面が開いています。終えるか閉じてから、もう一度お試しください。",
    none: "パスキーは使われませんでした。もう一度試すか、ほかの方法を選んでください。",
    device: "この端末ではできませんでした。別の端末かセキュリティキーをお試しください。",
    already: "この端末には、あなたのアカウントのパスキーがすでにあります。",
    gone: "このパスキーでは、もうここのアカウントを開けません。ほかの方法を選んでください。",
    refused: "ショップに受け付けられませんでした。ページを読み込み直すか、ほかの方法を選んでください。",
    order: "同意を求められた内容が、このページの注文と違います。ページを読み込み直してください。",
    network: "ショップに接続できませんでした。接続を確認して、もう一度お試しください。",
    otherwise: "うまくいきませんでした。もう一度試すか、ほかの方法を選んでください。",
  },
};

export default locale;
