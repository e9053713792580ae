import type { OneTimeCodeLocale } from "../../lib/code-languages.js";

/** Korean. */
const locale: OneTimeCodeLocale = {
  language: "ko",
  reviewed: false,
  words: {
    remaining: "코드는 앞으로 {time} 동안 유효합니다.",
    warning: "코드의 유효 시간이 1분도 남지 않았습니다.",
    expired: "시간이 끝났습니다. 다른 코드를 받으세요.",
    extend: "시간이 더 필요합니다",
    extended: "시간이 연장되었습니다.",
    resend: "다른 코드 보내기",
    resendIn: "{seconds}초 후에 다른 코드를 보낼 수 있습니다.",
    sent: "다른 코드를 보냈습니다. 이전 코드는 더 이상 쓸 수 없습니다.",
    complete: "코드가 모두 입력되었습니다.",
    incomplete: "코드의 숫자 {digits}자리를 입력하세요.",
    phishable: "코드는 우리 페이지처럼 보일 뿐인 페이지에 넘어갈 수 있습니다. 패스키는 그렇지 않습니다.",
    level: "보증 수준 {level}/3.",
    noLevel: "보증 수준 1 미만.",
    scan: "인증 앱으로 이것을 스캔하세요.",
    picture: "인증 앱에 넣을 키가 담긴 QR 코드",
    open: "이 기기에서 앱 열기",
    key: "또는 이 키를 앱에 입력하세요:",
    copyKey: "키 복사",
    copyCodes: "코드 복사",
    copied: "복사했습니다.",
    notCopied: "브라우저가 복사하지 못했습니다. 선택되어 있으니 직접 복사하세요.",
    download: "다운로드",
    print: "인쇄",
    saved: "저장했습니다",
    saveFirst: "먼저 코드를 저장하세요. 다시 표시되지 않습니다.",
    failed: "되지 않았습니다. 연결을 확인하고 다시 시도하세요.",
  },
};

export default locale;
