import type { PrivacyErrorCode } from "../../lib/error.js";

/** What is said of a ceremony that failed: one sentence for what happened, one for what to do next. */
export interface PasskeyProblemWords {
  /** The dialogue was closed, or something ended it. */
  readonly cancelled: string;
  /** Nobody answered in time. */
  readonly late: string;
  /** This browser, or this page, has no passkeys. */
  readonly unsupported: string;
  /** The passkey is for another address. */
  readonly elsewhere: string;
  /** Another dialogue is open. */
  readonly busy: string;
  /** There was none, or it could not be used. */
  readonly none: string;
  /** The device cannot do what was asked. */
  readonly device: string;
  /** This device has one already. */
  readonly already: string;
  /** The server knows no such passkey. */
  readonly gone: string;
  /** The server said no. */
  readonly refused: string;
  /** What is to be agreed to is not what the page shows. */
  readonly order: string;
  /** The server could not be reached. */
  readonly network: string;
  /** Anything else. */
  readonly otherwise: string;
}

/** Every text of `<sp-passkey-signin>`. */
export interface PasskeySigninWords {
  /** The button. */
  readonly button: string;
  /** The button while the browser asks for the passkey. */
  readonly waiting: string;
  /** Announced while the server checks the answer. */
  readonly checking: string;
  /** Announced when the server has accepted it. */
  readonly done: string;
  /** Stands before the other ways to sign in. */
  readonly otherWays: string;
  /** What is said of a failure. */
  readonly problems: PasskeyProblemWords;
}

/** Every text of `<sp-passkey-list>`. A `{name}` in a text is filled in. */
export interface PasskeyListWords {
  /** The list's label. */
  readonly label: string;
  /** Said when there is no passkey. */
  readonly empty: string;
  /** When a passkey was added, `{date}`. */
  readonly added: string;
  /** When a passkey was last used, `{date}`. */
  readonly used: string;
  /** Said of a passkey that was never used. */
  readonly unused: string;
  /** Stands for a passkey without a name. */
  readonly nameless: string;
  /** The button that adds one. */
  readonly add: string;
  /** The same while the browser asks. */
  readonly adding: string;
  /** The button that begins renaming `{name}`. */
  readonly rename: string;
  /** The label of the name's input. */
  readonly newName: string;
  /** Keeps the new name. */
  readonly save: string;
  /** Leaves things as they are. */
  readonly cancel: string;
  /** The button that begins removing `{name}`. */
  readonly remove: string;
  /** Asked before `{name}` is removed. */
  readonly confirm: string;
  /** Removes it. */
  readonly confirmed: string;
  /** Announced after adding `{name}`. */
  readonly wasAdded: string;
  /** Announced after renaming to `{name}`. */
  readonly wasRenamed: string;
  /** Announced after removing `{name}`. */
  readonly wasRemoved: string;
  /** What is said of a failure. */
  readonly problems: PasskeyProblemWords;
}

const groups: Readonly<Partial<Record<PrivacyErrorCode, keyof PasskeyProblemWords>>> = {
  "passkey.cancelled": "cancelled",
  "passkey.aborted": "cancelled",
  "passkey.activation-needed": "cancelled",
  "passkey.page-inactive": "cancelled",
  "passkey.timeout": "late",
  "passkey.options-expired": "late",
  "passkey.not-supported": "unsupported",
  "passkey.insecure-context": "unsupported",
  "passkey.policy-blocked": "unsupported",
  "passkey.mode-unsupported": "unsupported",
  "passkey.rp-mismatch": "elsewhere",
  "passkey.busy": "busy",
  "passkey.unresponsive": "busy",
  "passkey.not-allowed": "none",
  "passkey.none-here": "none",
  "passkey.algorithm-unsupported": "device",
  "passkey.authenticator-unfit": "device",
  "passkey.authenticator-failed": "device",
  "passkey.already-registered": "already",
  "passkey.credential-unknown": "gone",
  "passkey.server-refused": "refused",
  "passkey.order-mismatch": "order",
  "network.failed": "network",
};

/** What is said of a failure, by its code; nothing where there is none. */
export function problemText(words: PasskeyProblemWords, code: PrivacyErrorCode | null): string {
  return code === null ? "" : words[groups[code] ?? "otherwise"];
}

/** What both elements say of failures in English. */
const problems: PasskeyProblemWords = {
  cancelled: "That was cancelled. Try again when you are ready.",
  late: "That took too long. Try again when you are ready.",
  unsupported: "Passkeys do not work in this browser. Choose another way.",
  elsewhere: "This address is not the one the passkey is for. Check the address of this page.",
  busy: "Another passkey window is open. Finish or close it, and try again.",
  none: "No passkey was used. Try again, or choose another way.",
  device: "This device could not do that. Try another device or a security key.",
  already: "This device already has a passkey for your account.",
  gone: "This passkey no longer opens an account here. Choose another way.",
  refused: "The shop did not accept that. Load the page again, or choose another way.",
  order: "What you were asked to agree to is not the order on this page. Load the page again.",
  network: "The shop could not be reached. Check your connection and try again.",
  otherwise: "That did not work. Try again, or choose another way.",
};

/** The texts of `<sp-passkey-signin>` in English. */
export const signinEnglish: PasskeySigninWords = {
  button: "Sign in with a passkey",
  waiting: "Waiting for your passkey…",
  checking: "Checking your passkey.",
  done: "Signed in.",
  otherWays: "Other ways to sign in",
  problems,
};

/** The texts of `<sp-passkey-list>` in English. */
export const listEnglish: PasskeyListWords = {
  label: "Your passkeys",
  empty: "You have no passkeys yet. With one you sign in by fingerprint, face or screen lock, without a password.",
  added: "Added {date}",
  used: "Last used {date}",
  unused: "Not used yet",
  nameless: "Passkey",
  add: "Add a passkey",
  adding: "Waiting for your passkey…",
  rename: "Rename {name}",
  newName: "Name",
  save: "Save",
  cancel: "Cancel",
  remove: "Remove {name}",
  confirm: "Remove “{name}”? It will no longer sign you in. It stays on your device until you delete it there.",
  confirmed: "Remove",
  wasAdded: "{name} was added.",
  wasRenamed: "Renamed to {name}.",
  wasRemoved: "{name} was removed.",
  problems,
};
