/** The bytes of the lists of common passwords, decoded from the base64 that the build puts here. */
export default function lists(): { readonly top: Uint8Array; readonly long: Uint8Array };
