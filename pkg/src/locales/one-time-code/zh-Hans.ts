import type { OneTimeCodeLocale } from "../../lib/code-languages.js";

/** Simplified Chinese. */
const locale: OneTimeCodeLocale = {
  language: "zh-Hans",
  reviewed: false,
  words: {
    remaining: "验证码还有 {time} 有效。",
    warning: "验证码的有效时间不足一分钟。",
    expired: "时间已到。请重新发送验证码。",
    extend: "我需要更多时间",
    extended: "时间已延长。",
    resend: "重新发送验证码",
    resendIn: "{seconds} 秒后可重新发送验证码。",
    sent: "已发送新的验证码。之前的已失效。",
    complete: "验证码已输入完整。",
    incomplete: "请输入验证码的 {digits} 位数字。",
    phishable: "验证码可能被交给只是看起来像我们的页面。通行密钥不会。",
    level: "保证级别 {level}（共 3 级）。",
    noLevel: "低于保证级别 1。",
    scan: "请用身份验证应用扫描。",
    picture: "包含身份验证应用密钥的二维码",
    open: "在此设备上打开应用",
    key: "或在应用中输入此密钥：",
    copyKey: "复制密钥",
    copyCodes: "复制代码",
    copied: "已复制。",
    notCopied: "浏览器未能复制。文本已选中，请自行复制。",
    download: "下载",
    print: "打印",
    saved: "我已保存",
    saveFirst: "请先保存这些代码，它们不会再次显示。",
    failed: "操作失败。请检查网络连接后重试。",
  },
};

export default locale;
