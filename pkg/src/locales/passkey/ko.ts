import type { PasskeyLocale } from "../../lib/passkey-languages.js";

/** Korean. */
const locale: PasskeyLocale = {
  language: "ko",
  reviewed: false,
  signin: {
    button: "패스키로 로그인",
    waiting: "패스키를 기다리는 중…",
    checking: "패스키를 확인하고 있습니다.",
    done: "로그인했습니다.",
    otherWays: "다른 로그인 방법",
  },
  list: {
    label: "내 패스키",
    empty: "아직 패스키가 없습니다. 패스키가 있으면 지문, 얼굴, 화면 잠금으로 비밀번호 없이 로그인합니다.",
    added: "{date}에 추가",
    used: "{date}에 마지막으로 사용",
    unused: "아직 사용하지 않음",
    nameless: "패스키",
    add: "패스키 추가",
    adding: "패스키를 기다리는 중…",
    rename: "{name} 이름 변경",
    newName: "새 이름",
    save: "저장",
    cancel: "취소",
    remove: "{name} 삭제",
    confirm: "‘{name}’ 패스키를 삭제할까요? 더는 로그인에 쓸 수 없습니다. 기기에서 지울 때까지 기기에는 남아 있습니다.",
    confirmed: "삭제",
    wasAdded: "{name} 패스키를 추가했습니다.",
    wasRenamed: "이름을 {name}(으)로 바꿨습니다.",
    wasRemoved: "{name} 패스키를 삭제했습니다.",
  },
  problems: {
    cancelled: "취소되었습니다. 준비가 되면 다시 시도하세요.",
    late: "시간이 너무 오래 걸렸습니다. 준비가 되면 다시 시도하세요.",
    unsupported: "이 브라우저에서는 패스키를 쓸 수 없습니다. 다른 방법을 선택하세요.",
    elsewhere: "이 패스키는 다른 주소의 것입니다. 이 페이지의 주소를 확인하세요.",
    busy: "다른 패스키 창이 열려 있습니다. 마치거나 닫은 뒤 다시 시도하세요.",
    none: "패스키를 사용하지 않았습니다. 다시 시도하거나 다른 방법을 선택하세요.",
    device: "이 기기에서는 할 수 없었습니다. 다른 기기나 보안 키를 사용해 보세요.",
    already: "이 기기에는 이미 계정의 패스키가 있습니다.",
    gone: "이 패스키로는 이제 여기 계정을 열 수 없습니다. 다른 방법을 선택하세요.",
    refused: "상점에서 받아들이지 않았습니다. 페이지를 새로 고치거나 다른 방법을 선택하세요.",
    order: "동의를 요청받은 내용이 이 페이지의 주문과 다릅니다. 페이지를 새로 고치세요.",
    network: "상점에 연결할 수 없습니다. 연결을 확인하고 다시 시도하세요.",
    otherwise: "되지 않았습니다. 다시 시도하거나 다른 방법을 선택하세요.",
  },
};

export default locale;
