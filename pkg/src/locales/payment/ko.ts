import type { PaymentLocale } from "../../lib/payment-languages.js";

/** Korean. */
const locale: PaymentLocale = {
  language: "ko",
  reviewed: false,
  form: {
    label: "카드",
    number: { label: "카드 번호", hint: "" },
    expiry: { label: "유효 기간", hint: "월과 연도, 예: 08/29" },
    code: { label: "보안 코드", hint: "카드에 있는 숫자 {length}자리" },
    name: { label: "카드에 적힌 이름", hint: "" },
    brands: "사용할 수 있는 카드:",
    choose: "결제 브랜드",
    recognised: "{brand} 카드입니다.",
    summary: "카드 정보를 확인해 주세요",
    problemCount: "확인할 카드 정보: {count}개.",
    sealing: "카드를 암호화하는 중입니다…",
    loading: "카드 양식을 불러오는 중입니다. 잠시 후 다시 시도해 주세요.",
    problems: {
      "payment.number-incomplete": "카드 번호를 모두 입력해 주세요.",
      "payment.number-invalid": "카드 번호를 확인해 주세요. 숫자 하나가 잘못된 것 같습니다.",
      "payment.brand-not-accepted": "이 상점에서는 이 종류의 카드를 받지 않습니다. 다른 카드를 사용해 주세요.",
      "payment.expiry-invalid": "유효 기간을 월과 연도로 입력해 주세요. 예: 08/29",
      "payment.expiry-past": "유효 기간이 지난 카드입니다. 날짜를 확인하거나 다른 카드를 사용해 주세요.",
      "payment.code-invalid": "보안 코드 {length}자리를 입력해 주세요.",
      "payment.name-invalid": "카드에 적힌 대로 이름을 입력해 주세요.",
      "payment.seal-failed": "카드를 암호화하지 못했고 아무것도 전송되지 않았습니다. 보안 코드를 다시 입력하고 한 번 더 시도해 주세요.",
      "payment.order-mismatch": "주문이 변경되었습니다. 페이지를 다시 불러와 주세요.",
      "input.invalid": "주문이 변경되었습니다. 페이지를 다시 불러와 주세요.",
    },
    otherwise: "카드를 결제할 수 있도록 준비하지 못했고 아무것도 전송되지 않았습니다. 다시 시도해 주세요.",
  },
};

export default locale;
