import type { PasskeyLocale } from "../../lib/passkey-languages.js";

/** Chinese, simplified. */
const locale: PasskeyLocale = {
  language: "zh-Hans",
  reviewed: false,
  signin: {
    button: "使用通行密钥登录",
    waiting: "正在等待您的通行密钥…",
    checking: "正在检查您的通行密钥。",
    done: "已登录。",
    otherWays: "其他登录方式",
  },
  list: {
    label: "您的通行密钥",
    empty: "您还没有通行密钥。有了它，就可以用指纹、面容或屏幕锁登录，不需要密码。",
    added: "添加于 {date}",
    used: "上次使用于 {date}",
    unused: "尚未使用",
    nameless: "通行密钥",
    add: "添加通行密钥",
    adding: "正在等待您的通行密钥…",
    rename: "重命名 {name}",
    newName: "新名称",
    save: "保存",
    cancel: "取消",
    remove: "移除 {name}",
    confirm: "移除“{name}”？它将不能再用于登录。在您从设备上删除之前，它仍留在设备上。",
    confirmed: "移除",
    wasAdded: "已添加 {name}。",
    wasRenamed: "已重命名为 {name}。",
    wasRemoved: "已移除 {name}。",
  },
  problems: {
    cancelled: "操作已取消。准备好后请重试。",
    late: "用时太长。准备好后请重试。",
    unsupported: "此浏览器不能使用通行密钥。请选择其他方式。",
    elsewhere: "此通行密钥属于另一个地址。请查看本页的地址。",
    busy: "另一个通行密钥窗口已打开。请完成或关闭它，然后重试。",
    none: "没有使用通行密钥。请重试，或选择其他方式。",
    device: "此设备无法完成。请尝试其他设备或安全密钥。",
    already: "此设备已有您账户的通行密钥。",
    gone: "此通行密钥在这里已不能打开账户。请选择其他方式。",
    refused: "商店没有接受。请重新加载页面，或选择其他方式。",
    order: "请您同意的内容不是本页的订单。请重新加载页面。",
    network: "无法连接商店。请检查网络，然后重试。",
    otherwise: "没有成功。请重试，或选择其他方式。",
  },
};

export default locale;
