/** Names of passkey providers and authenticators by their AAGUID, in lower case. */
declare const names: Readonly<Record<string, string>>;
export default names;
