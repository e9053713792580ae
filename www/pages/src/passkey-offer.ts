import type { PasskeyListElement } from "storefront-privacy/elements/passkey-list";
import { load } from "storefront-privacy/passkey";

/** After a sign-in by password: a passkey for next time, where this device can keep one. The list does what its own button does. */
async function offer(section: HTMLElement, list: PasskeyListElement): Promise<void> {
  const { passkeyPlatformAuthenticator, userVerifyingPlatformAuthenticator } = await (await load()).capabilities();
  if (passkeyPlatformAuthenticator !== "yes" && userVerifyingPlatformAuthenticator !== "yes") return;
  section.querySelector("button")?.addEventListener("click", () => {
    list.add();
  });
  list.addEventListener("sp-passkey-added", () => {
    section.hidden = true;
    document.querySelector<HTMLElement>("#passkeys")?.focus();
  });
  list.addEventListener("sp-step", ({ detail }) => {
    if (detail.outcome !== "ok") list.scrollIntoView({ block: "nearest" });
  });
  section.hidden = false;
}

const section = document.querySelector<HTMLElement>("#passkey-offer");
const list = document.querySelector("sp-passkey-list");
// A module that does not come is told of by the list below.
if (section !== null && list !== null) offer(section, list).catch(() => undefined);
