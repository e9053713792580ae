import type { PaymentLocale } from "../../lib/payment-languages.js";

/** Japanese. */
const locale: PaymentLocale = {
  language: "ja",
  reviewed: false,
  form: {
    label: "カード",
    number: { label: "カード番号", hint: "" },
    expiry: { label: "有効期限", hint: "月と年（例：08/29）" },
    code: { label: "セキュリティコード", hint: "カードに記載された{length}桁の数字" },
    name: { label: "カードの名義", hint: "" },
    brands: "ご利用いただけるカード：",
    choose: "お支払いに使うブランド",
    recognised: "{brand}カードです。",
    summary: "カードの情報をご確認ください",
    problemCount: "確認が必要なカードの情報：{count}件。",
    sealing: "カードを暗号化しています…",
    loading: "カードのフォームを読み込んでいます。少し待ってからもう一度お試しください。",
    problems: {
      "payment.number-incomplete": "カード番号の数字をすべて入力してください。",
      "payment.number-invalid": "カード番号をご確認ください。数字に誤りがあるようです。",
      "payment.brand-not-accepted": "この種類のカードはご利用いただけません。別のカードをお使いください。",
      "payment.expiry-invalid": "有効期限を月と年で入力してください（例：08/29）。",
      "payment.expiry-past": "このカードは有効期限が切れています。日付を確認するか、別のカードをお使いください。",
      "payment.code-invalid": "セキュリティコードの{length}桁の数字を入力してください。",
      "payment.name-invalid": "カードに記載されたとおりに名前を入力してください。",
      "payment.seal-failed": "カードを暗号化できませんでした。何も送信されていません。セキュリティコードを入力し直して、もう一度お試しください。",
      "payment.order-mismatch": "ご注文の内容が変わりました。ページを読み込み直してください。",
      "input.invalid": "ご注文の内容が変わりました。ページを読み込み直してください。",
    },
    otherwise: "カードのお支払い準備ができませんでした。何も送信されていません。もう一度お試しください。",
  },
};

export default locale;
