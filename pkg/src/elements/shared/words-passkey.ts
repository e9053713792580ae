/** What a failed ceremony is called, by its code: one sentence that says what happened and what to do next. */
export type PasskeyProblemWords = Readonly<Record<string, string>>;

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
  /** What is said of a failure, by its code. */
  readonly problems: PasskeyProblemWords;
  /** Said of a failure that has no text of its own. */
  readonly otherwise: string;
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
  /** What is said of a failure, by its code. */
  readonly problems: PasskeyProblemWords;
  /** Said of a failure that has no text of its own. */
  readonly otherwise: string;
}

const problems: PasskeyProblemWords = {
  "passkey.cancelled": "That was cancelled. Try again when you are ready.",
  "passkey.timeout": "That took too long. Try again when you are ready.",
  "passkey.not-supported": "This browser cannot use passkeys.",
  "passkey.rp-mismatch": "This address is not the one the passkey is for. Check the address of this page.",
  "passkey.busy": "Another passkey window is open. Finish or close it, and try again.",
  "passkey.aborted": "That was stopped before it was finished. Try again.",
  "passkey.options-expired": "This page was open for too long. Try again.",
  "passkey.options-invalid": "The shop’s server sent something this page does not understand.",
  "passkey.response-invalid": "The browser’s answer could not be read. Try again.",
  "network.failed": "The shop could not be reached. Check your connection and try again.",
};

/** The texts of `<sp-passkey-signin>` in English. */
export const signinEnglish: PasskeySigninWords = {
  button: "Sign in with a passkey",
  waiting: "Waiting for your passkey…",
  checking: "Checking your passkey.",
  done: "Signed in.",
  problems: {
    ...problems,
    "passkey.not-allowed": "No passkey was used. If you have none for this shop, sign in with your password.",
    "passkey.not-supported": "This browser cannot use passkeys. Sign in with your password.",
    "passkey.server-refused": "The shop did not accept this passkey. Sign in with your password, and see your passkeys in your account.",
  },
  otherwise: "Signing in with a passkey did not work. Try again, or sign in with your password.",
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
  problems: {
    ...problems,
    "passkey.not-allowed": "No passkey was made. Try again, or use another device.",
    "passkey.already-registered": "This device already has a passkey for your account.",
    "passkey.server-refused": "The shop did not accept that. Load the page again, and sign in if you are asked to.",
  },
  otherwise: "That did not work. Try again.",
};
