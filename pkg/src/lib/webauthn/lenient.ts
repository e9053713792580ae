/*
 * For servers and browsers that do not speak the JSON of Level 3 to each other: fetched when the browser's own reading fails
 * or is not there, always before the click or after the ceremony.
 */
import { load } from "../../passkey.js";
import { parseRequestOptions } from "./codec.js";

/** Request options as the browser takes them. */
export async function readOptions(options: object, source: string | undefined): Promise<PublicKeyCredentialRequestOptions> {
  return parseRequestOptions((await load(source)).requestOptions(options));
}

/** What the server verifies. */
export async function readResponse(credential: PublicKeyCredential, source: string | undefined): Promise<AuthenticationResponseJSON> {
  return (await load(source)).authenticationResponse(credential);
}
