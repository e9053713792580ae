import "storefront-privacy/elements/password-field";
import { isSupported, load, passkeyAdvice, signalUnknownCredential } from "storefront-privacy/passkey";

// An account without a password: the passkey is made and the account with it, or neither.
const form = document.querySelector<HTMLFormElement>("form[action='/sign-up']");
const offer = document.querySelector<HTMLElement>("#by-passkey");
const button = offer?.querySelector("button");
const problem = offer?.querySelector("p");
const field = (name: string): HTMLInputElement | null => form?.querySelector<HTMLInputElement>(`[name=${name}]`) ?? null;
if (form && offer && button && problem && isSupported()) {
  offer.hidden = false;
  void load();
  button.addEventListener("click", () => {
    const [name, email] = [field("name"), field("email")];
    if (!name?.reportValidity() || !email?.reportValidity()) return;
    problem.textContent = "";
    signUp(name.value, email.value).catch((failure: unknown) => {
      problem.textContent = failure instanceof Refused ? failure.message : passkeyAdvice(failure).retryable ? "That was not finished. Try again, or choose a password." : "That did not work here. Choose a password instead.";
    });
  });
}

class Refused extends Error {}

async function signUp(name: string, email: string): Promise<void> {
  const options = (await (await post("/api/passkeys/sign-up/options", { name, email })).json()) as { ceremony: string; publicKey: object };
  const credential = await (await load()).register(options.publicKey);
  try {
    await post("/api/passkeys/sign-up", { ceremony: options.ceremony, credential });
  } catch (failure) {
    // Without the account the passkey opens nothing: whoever keeps it is told.
    void signalUnknownCredential({ credentialId: credential.id });
    throw failure;
  }
  location.assign("/account?notice=signed-up");
}

async function post(url: string, body: object): Promise<Response> {
  const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  if (response.ok) return response;
  const { title, detail } = (await response.json().catch(() => ({}))) as { title?: string; detail?: string };
  throw new Refused([title, detail].filter(Boolean).join(". "));
}
