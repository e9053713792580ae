import type { PaymentLocale } from "../../lib/payment-languages.js";

/** Chinese, simplified. */
const locale: PaymentLocale = {
  language: "zh-Hans",
  reviewed: false,
  form: {
    label: "银行卡",
    number: { label: "卡号", hint: "" },
    expiry: { label: "有效期", hint: "月和年，例如 08/29" },
    code: { label: "安全码", hint: "卡上的 {length} 位数字" },
    name: { label: "持卡人姓名", hint: "" },
    brands: "接受的卡：",
    choose: "付款网络",
    recognised: "{brand} 卡。",
    summary: "请检查银行卡信息",
    problemCount: "需要检查的银行卡信息：{count} 项。",
    sealing: "正在加密您的银行卡…",
    loading: "银行卡表单仍在加载，请稍后再试。",
    problems: {
      "payment.number-incomplete": "请输入完整的卡号。",
      "payment.number-invalid": "请检查卡号：似乎有一位数字不对。",
      "payment.brand-not-accepted": "本店不接受这种卡，请使用其他卡。",
      "payment.expiry-invalid": "请按月和年输入有效期，例如 08/29。",
      "payment.expiry-past": "此卡已过期。请检查日期，或使用其他卡。",
      "payment.code-invalid": "请输入安全码的 {length} 位数字。",
      "payment.name-invalid": "请按卡上所示输入姓名。",
      "payment.seal-failed": "无法加密您的银行卡，未发送任何内容。请重新输入安全码后再试一次。",
      "payment.order-mismatch": "此订单已更改，请重新加载页面。",
      "input.invalid": "此订单已更改，请重新加载页面。",
    },
    otherwise: "无法为付款准备您的银行卡，未发送任何内容。请重试。",
  },
};

export default locale;
