/** Pages with a card form whose key is signed by a root that the page has pinned. */
import { POLICY } from "./site.mjs";

export const moduleOf = (body) => ({ headers: { "content-type": "text/javascript" }, body });

/** A page of this body; `signed` makes what the shop answers for the keys. @returns the page's address */
export function pinnedPage(site, root, signed, body, { head = "", ...options } = {}) {
  site.routes.set("/keys", async () => ({ body: await signed() }));
  site.routes.set("/roots.js", () => moduleOf(`import { pin } from "/pkg/payment.js"; pin({ roots: ${JSON.stringify(root.roots)} });`));
  site.routes.set("POST /paid", () => ({ headers: { "content-type": "text/html" }, body: "<!doctype html><html lang=en><title>Paid</title>" }));
  return site.page(body, { elements: ["payment-form"], head: `<script type="module" src="/roots.js"></script>${head}`, ...options });
}

/** A page with nothing but the form, under the policy of a card page. @returns the page's address */
export function signedPage(site, { root, publicJwk, attributes = "", policy = `${POLICY}; frame-src 'none'` }) {
  const signed = async () => ({ manifest: await root.sign({ keys: [publicJwk], merchant: "shop-1", origins: [site.origin] }) });
  const body = `<form id="checkout" action="/paid" method="post"><sp-payment-form keys="/keys" merchant="shop-1" order="o-1" amount="1999" currency="EUR" ${attributes}>
<p slot="unavailable">Pay by invoice.</p></sp-payment-form><button id="pay">Pay</button></form>`;
  return pinnedPage(site, root, signed, body, { policy });
}
