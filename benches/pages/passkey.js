import { startAuthentication } from "@simplewebauthn/browser";
import { preparePasskeys } from "/pkg/passkey-start.js";

const options = { challenge: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", rpId: "localhost", timeout: 300_000, userVerification: "required" };

/**
 * Milliseconds from a click to `navigator.credentials.get()`, ours and the peer's in turn: whatever else the machine does hits both. A
 * call that is not in the click's own task counts as infinite: a browser may refuse it.
 */
export async function run(_, repeats) {
  let asked = Infinity;
  navigator.credentials.get = () => {
    asked = performance.now();
    return Promise.reject(new DOMException("", "NotAllowedError"));
  };
  const start = preparePasskeys({ options: async () => ({ publicKey: options }), verify: async () => true, signedIn: () => undefined });
  const contenders = [() => start.ask(), () => startAuthentication({ optionsJSON: options })];
  const buttons = contenders.map((ask) => {
    const button = document.createElement("button");
    button.addEventListener("click", () => void (button.done = ask().catch(() => undefined)));
    return button;
  });
  const times = buttons.map(() => []);
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const [who, button] of buttons.entries()) {
      await start.prepare();
      asked = Infinity;
      const since = performance.now();
      button.click();
      times[who].push(asked - since);
      await button.done;
    }
  }
  return times;
}
