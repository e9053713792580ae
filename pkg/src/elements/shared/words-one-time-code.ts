/** Every text of `<sp-one-time-code>`. A `{name}` in a text is filled in. */
export interface OneTimeCodeWords {
  /** How long the code still works: `{time}`, as minutes and seconds. */
  readonly remaining: string;
  /** Announced when less than a minute is left. */
  readonly warning: string;
  /** Said when the time is over. */
  readonly expired: string;
  /** The button that asks for more time. */
  readonly extend: string;
  /** Announced when there is more time. */
  readonly extended: string;
  /** The button that has another code sent. */
  readonly resend: string;
  /** When that can be done: in `{seconds}`. */
  readonly resendIn: string;
  /** Announced when another code was sent. */
  readonly sent: string;
  /** Announced when all digits are there. */
  readonly complete: string;
  /** The browser's message when the form cannot be sent: `{digits}`. */
  readonly incomplete: string;
  /** What a code does not protect from. */
  readonly phishable: string;
  /** What a way to sign in is worth: `{level}`. */
  readonly level: string;
  /** The same where it reaches no level. */
  readonly noLevel: string;
  /** What to do with the QR code. */
  readonly scan: string;
  /** The QR code's own name. */
  readonly picture: string;
  /** The link that opens an authenticator on this device. */
  readonly open: string;
  /** Before the key. */
  readonly key: string;
  /** The button that copies the key. */
  readonly copyKey: string;
  /** The button that copies the recovery codes. */
  readonly copyCodes: string;
  /** Announced when it is copied. */
  readonly copied: string;
  /** Said when the browser did not copy. */
  readonly notCopied: string;
  /** The button that saves the recovery codes as a file. */
  readonly download: string;
  /** The button that prints them. */
  readonly print: string;
  /** The box to tick once they are saved. */
  readonly saved: string;
  /** The browser's message when they are not. */
  readonly saveFirst: string;
  /** Said when the server cannot be reached or refuses. */
  readonly failed: string;
}

/** The texts in English. */
export const english: OneTimeCodeWords = {
  remaining: "The code works for {time} more.",
  warning: "Less than a minute is left for the code.",
  expired: "The time is over. Have another code sent.",
  extend: "I need more time",
  extended: "You have more time.",
  resend: "Send another code",
  resendIn: "Another code can be sent in {seconds} seconds.",
  sent: "Another code was sent. Earlier ones no longer work.",
  complete: "The code is complete.",
  incomplete: "Enter the {digits} digits of the code.",
  phishable: "A code can be given away to a page that only looks like ours. A passkey cannot.",
  level: "Assurance level {level} of 3.",
  noLevel: "Below assurance level 1.",
  scan: "Scan this with your authenticator app.",
  picture: "QR code with the key for your authenticator app",
  open: "Open an app on this device",
  key: "Or type this key into the app:",
  copyKey: "Copy the key",
  copyCodes: "Copy the codes",
  copied: "Copied.",
  notCopied: "The browser did not copy it. It is selected: copy it yourself.",
  download: "Download",
  print: "Print",
  saved: "I have saved them",
  saveFirst: "Save the codes first: they are not shown again.",
  failed: "That did not work. Check your connection and try again.",
};
