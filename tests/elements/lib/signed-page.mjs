/** A page with a card form whose key is signed by a root that the page has pinned. */
import { POLICY } from "./site.mjs";

/** The policy of a card page. */
export const CARD_POLICY = `${POLICY}; frame-src 'none'`;

/** @returns the page's address */
export function signedPage(site, { root, publicJwk, attributes = "", policy = CARD_POLICY }) {
  site.routes.set("/keys", async () => ({ body: { manifest: await root.sign({ keys: [publicJwk], merchant: "shop-1", origins: [site.origin] }) } }));
  site.routes.set("/roots.js", () => ({ headers: { "content-type": "text/javascript" }, body: `import { pin } from "/pkg/payment.js"; pin({ roots: ${JSON.stringify(root.roots)} });` }));
  site.routes.set("POST /paid", () => ({ headers: { "content-type": "text/html" }, body: "<!doctype html><html lang=en><title>Paid</title>" }));
  const body = `<form id="checkout" action="/paid" method="post"><sp-payment-form keys="/keys" merchant="shop-1" order="o-1" amount="1999" currency="EUR" ${attributes}>
<p slot="unavailable">Pay by invoice.</p></sp-payment-form><button id="pay">Pay</button></form>`;
  return site.page(body, { elements: ["payment-form"], head: `<script type="module" src="/roots.js"></script>`, policy });
}
