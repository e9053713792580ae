import { signalAllAcceptedCredentials, signalCurrentUserDetails } from "../../lib/webauthn/signals.js";
import type { PasskeyInformation } from "./events-passkey.js";
import { isObject } from "./requests.js";

/** Tells whoever keeps passkeys which ones this account has, and what it is called: `user` is what the server says of it. */
export function tellKeepers(user: unknown, passkeys: readonly PasskeyInformation[]): void {
  if (!isObject(user)) return;
  const { id: userId, name, displayName } = user;
  if (typeof userId !== "string") return;
  void signalAllAcceptedCredentials({ userId, allAcceptedCredentialIds: passkeys.map(({ id }) => id) });
  if (typeof name === "string" && typeof displayName === "string") void signalCurrentUserDetails({ userId, name, displayName });
}
