import type { QrPicture } from "../../verbs/passkey-fallback.js";
import { copyText } from "./copy-text.js";
import { draw, make } from "./dom.js";
import type { OneTimeCodeWords } from "./words-one-time-code.js";

/** The QR code, the link and the key that enrol an authenticator. */
export function enrolmentView(words: OneTimeCodeWords, link: string, secret: string, { side, path }: QrPicture, announce: (text: string) => void): HTMLElement {
  const key = make("code", { part: "key", class: "key", translate: "no", dir: "ltr" }, (secret.match(/.{1,4}/g) ?? []).join(" "));
  const copy = make("button", { part: "copy", type: "button" }, words.copyKey);
  const feedback = make("span", { part: "feedback", class: "muted" });
  copy.addEventListener("click", () => {
    void copyText(secret, key).then((copied) => {
      feedback.textContent = copied ? words.copied : words.notCopied;
      announce(feedback.textContent);
    });
  });
  return make(
    "div",
    { class: "enrolment" },
    make("p", {}, words.scan),
    draw(
      "svg",
      { part: "qr", class: "qr", viewBox: `0 0 ${String(side)} ${String(side)}`, role: "img", "aria-label": words.picture, "shape-rendering": "crispEdges" },
      draw("path", { fill: "#fff", d: `M0 0h${String(side)}v${String(side)}H0z` }),
      draw("path", { fill: "#000", d: path }),
    ),
    make("p", {}, make("a", { part: "open", href: link }, words.open)),
    make("p", {}, words.key),
    make("p", {}, key),
    make("p", { class: "actions" }, copy, feedback),
  );
}
