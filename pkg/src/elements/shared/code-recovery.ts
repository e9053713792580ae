import { copyText } from "./copy-text.js";
import { make } from "./dom.js";
import type { RecoveryCodesKeptDetail } from "./events-one-time-code.js";
import type { OneTimeCodeWords } from "./words-one-time-code.js";

/** What can be done with recovery codes. */
export interface RecoveryHost {
  /** The texts in force. */
  readonly words: OneTimeCodeWords;
  /** What shows the codes. */
  readonly list: Element;
  /** The codes. */
  readonly codes: readonly string[];
  /** The name of the file. */
  readonly filename: string;
  /** Says something to people who do not see it. */
  announce(text: string): void;
  /** Tells the shop what was done with them. */
  kept(how: RecoveryCodesKeptDetail["how"]): void;
  /** Whether the shopper says that they are saved. */
  confirmed(saved: boolean): void;
}

/** The buttons that copy, download and print recovery codes, and the box to tick. */
export function recoveryView(host: RecoveryHost): HTMLElement {
  const { words } = host;
  const feedback = make("p", { part: "feedback", class: "muted" });
  const button = (part: string, text: string, action: () => void): HTMLButtonElement => {
    const made = make("button", { part, type: "button" }, text);
    made.addEventListener("click", action);
    return made;
  };
  const text = (): string => `${host.codes.join("\n")}\n`;
  const saved = make("input", { type: "checkbox" });
  saved.addEventListener("change", () => host.confirmed(saved.checked));
  return make(
    "div",
    { class: "recovery" },
    make(
      "div",
      { class: "actions" },
      button("copy", words.copyCodes, () => {
        void copyText(text(), host.list).then((copied) => {
          feedback.textContent = copied ? words.copied : words.notCopied;
          host.announce(feedback.textContent);
          if (copied) host.kept("copied");
        });
      }),
      button("download", words.download, () => {
        download(text(), host.filename);
        host.kept("downloaded");
      }),
      button("print", words.print, () => {
        print();
        host.kept("printed");
      }),
    ),
    feedback,
    make("label", { part: "saved", class: "saved" }, saved, make("span", {}, words.saved)),
  );
}

function download(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = make("a", { href: address, download: name });
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(address), 1_000);
}
