import type { PaymentLocale } from "../../lib/payment-languages.js";

/** Brazilian Portuguese. */
const locale: PaymentLocale = {
  language: "pt-BR",
  reviewed: false,
  form: {
    label: "Cartão",
    number: { label: "Número do cartão", hint: "" },
    expiry: { label: "Validade", hint: "Mês e ano, por exemplo 08/29" },
    code: { label: "Código de segurança", hint: "{length} dígitos no cartão" },
    name: { label: "Nome no cartão", hint: "" },
    brands: "Cartões aceitos:",
    choose: "Pagar com",
    recognised: "Cartão {brand}.",
    summary: "Confira os dados do cartão",
    problemCount: "Dados do cartão a conferir: {count}.",
    sealing: "Criptografando seu cartão…",
    loading: "O formulário do cartão ainda está carregando. Tente de novo em instantes.",
    problems: {
      "payment.number-incomplete": "Digite todos os dígitos do número do cartão.",
      "payment.number-invalid": "Confira o número do cartão: parece haver um dígito errado.",
      "payment.brand-not-accepted": "Esta loja não aceita esse tipo de cartão. Use outro.",
      "payment.expiry-invalid": "Digite a validade com mês e ano, por exemplo 08/29.",
      "payment.expiry-past": "Este cartão venceu. Confira a data ou use outro cartão.",
      "payment.code-invalid": "Digite os {length} dígitos do código de segurança.",
      "payment.name-invalid": "Digite o nome como está no cartão.",
      "payment.seal-failed": "Não foi possível criptografar seu cartão e nada foi enviado. Digite o código de segurança de novo e tente mais uma vez.",
      "payment.order-mismatch": "Este pedido mudou. Carregue a página novamente.",
      "input.invalid": "Este pedido mudou. Carregue a página novamente.",
    },
    otherwise: "Não foi possível preparar seu cartão para o pagamento e nada foi enviado. Tente de novo.",
  },
};

export default locale;
