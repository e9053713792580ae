/** A processor's root, in WebCrypto alone: what it signs is made beside the core, and runs in any page. */

const encode = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const json = (value) => encode(new TextEncoder().encode(JSON.stringify(value)));

/**
 * @returns a root: `roots` is what a page pins, `sign` makes a manifest of public JWKs
 */
export async function makeRoot({ kid = "root-1" } = {}) {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  const { x, y } = await crypto.subtle.exportKey("jwk", pair.publicKey);
  return {
    roots: [{ kty: "EC", crv: "P-256", x, y, kid, alg: "ES256", use: "sig" }],
    /**
     * @param {object} manifest
     * @param {object[]} manifest.keys public JWKs; `aud`, `nbf` and `exp` are filled in
     * @returns {Promise<string>} a manifest, but for what `change` makes of it
     */
    async sign({ keys, merchant = "shop", origins = ["https://shop.example"], seq = 1, lifetime = 86_400, now = Date.now(), header = {}, change = {} }) {
      const nbf = Math.floor(now / 1_000);
      const listed = keys.map((key) => ({ aud: "processor", nbf, exp: nbf + lifetime, ...key }));
      const payload = { v: 1, merchant, origins, seq, iat: nbf, nbf, exp: nbf + lifetime, keys: listed, ...change };
      const signed = `${json({ alg: "ES256", kid, typ: "sp-keys+jws", ...header })}.${json(payload)}`;
      const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, pair.privateKey, new TextEncoder().encode(signed));
      return `${signed}.${encode(new Uint8Array(signature))}`;
    },
  };
}
