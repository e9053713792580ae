// A large order is confirmed by a passkey that signs a challenge made of it.
import { isPrivacyError, isSupported, load, type BoundOrder, type Passkey } from "storefront-privacy/passkey";

interface Options {
  readonly ceremony: string;
  readonly publicKey: object;
  readonly order: BoundOrder;
}

/** Offers the passkey where the page asks for a confirmation. */
export async function offerConfirmation(): Promise<void> {
  const section = document.querySelector<HTMLFieldSetElement>("#confirm");
  const offer = document.querySelector<HTMLElement>("#confirm-passkey");
  const button = offer?.querySelector("button");
  const problem = document.querySelector<HTMLElement>("#confirm-problem");
  if (!section || !offer || !button || !problem || !isSupported()) return;
  const address = `/api/orders/${section.dataset["order"] ?? ""}/confirmation`;
  const ask = async (): Promise<Options> => (await post(`${address}/options`, {})).json() as Promise<Options>;
  const passkey: Passkey = await load();
  // Fetched ahead, so that the click asks the browser at once.
  let options: Options | undefined = await ask();
  offer.hidden = false;
  button.addEventListener("click", () => {
    problem.textContent = "";
    const held = options;
    options = undefined;
    const signed = held ? sign(passkey, held) : ask().then((fresh) => sign(passkey, fresh));
    signed
      .then((answer) => post(address, answer))
      .then(() => {
        section.remove();
        const confirmed = document.querySelector("#confirmed");
        if (confirmed) confirmed.textContent = "You have confirmed this order. Now pay below.";
      })
      .catch((failure: unknown) => {
        const cancelled = isPrivacyError(failure) && failure.code === "passkey.cancelled";
        problem.textContent = cancelled ? "That was cancelled. Try again, or enter your password." : "That did not work. Load the page again, or enter your password.";
      })
      .finally(() => {
        if (section.isConnected) ask().then((fresh) => (options = fresh), () => undefined);
      });
  });
}

async function sign(passkey: Passkey, { ceremony, publicKey, order }: Options): Promise<object> {
  return { ceremony, credential: await passkey.signIn(publicKey, { order }) };
}

async function post(url: string, body: object): Promise<Response> {
  const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url}: ${String(response.status)}`);
  return response;
}
