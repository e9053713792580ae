import type { PasskeyLocale } from "../../lib/passkey-languages.js";

/** Brazilian Portuguese. */
const locale: PasskeyLocale = {
  language: "pt-BR",
  reviewed: false,
  signin: {
    button: "Entrar com uma chave de acesso",
    waiting: "Aguardando sua chave de acesso…",
    checking: "Verificando sua chave de acesso.",
    done: "Você entrou.",
    otherWays: "Outras formas de entrar",
  },
  list: {
    label: "Suas chaves de acesso",
    empty: "Você ainda não tem chaves de acesso. Com uma, você entra com a digital, o rosto ou o bloqueio de tela, sem senha.",
    added: "Adicionada em {date}",
    used: "Usada pela última vez em {date}",
    unused: "Ainda não usada",
    nameless: "Chave de acesso",
    add: "Adicionar uma chave de acesso",
    adding: "Aguardando sua chave de acesso…",
    rename: "Renomear {name}",
    newName: "Novo nome",
    save: "Salvar",
    cancel: "Cancelar",
    remove: "Remover {name}",
    confirm: "Remover “{name}”? Ela não servirá mais para entrar. Continua no seu dispositivo até você apagá-la lá.",
    confirmed: "Remover",
    wasAdded: "{name} foi adicionada.",
    wasRenamed: "Renomeada para {name}.",
    wasRemoved: "{name} foi removida.",
  },
  problems: {
    cancelled: "Isso foi cancelado. Tente de novo quando quiser.",
    late: "Demorou demais. Tente de novo quando quiser.",
    unsupported: "Chaves de acesso não funcionam neste navegador. Escolha outra forma.",
    elsewhere: "A chave de acesso é de outro endereço. Confira o endereço desta página.",
    busy: "Outra janela de chave de acesso está aberta. Termine ou feche-a e tente de novo.",
    none: "Nenhuma chave de acesso foi usada. Tente de novo ou escolha outra forma.",
    device: "Este dispositivo não conseguiu. Tente outro dispositivo ou uma chave de segurança.",
    already: "Este dispositivo já tem uma chave de acesso para sua conta.",
    gone: "Esta chave de acesso não abre mais uma conta aqui. Escolha outra forma.",
    refused: "A loja não aceitou. Recarregue a página ou escolha outra forma.",
    order: "O que pediram para você aceitar não é o pedido desta página. Recarregue a página.",
    network: "Não foi possível falar com a loja. Verifique sua conexão e tente de novo.",
    otherwise: "Não deu certo. Tente de novo ou escolha outra forma.",
  },
};

export default locale;
