/*
 * The bridges, as a classic script after the gate and before every vendor's tag:
 *
 *     <script src="/bridges.js" data-google="analytics_storage=analytics ad_storage=marketing ad_user_data=marketing
 *       ad_personalization=marketing security_storage=" data-google-wait="500" data-google-redact data-uet="marketing"></script>
 *
 * Purposes are joined by commas; an empty list is always granted. `storefront-privacy/bridges` is the same as a module.
 */
import { connect, type BridgeConfig, type Purposes } from "./bridges.js";
import { findGate } from "./gate.js";
import { words } from "./lib/gate/words.js";

const list = (text: string): Purposes => text.split(",").filter(Boolean);
const map = (text: string): Record<string, Purposes> =>
  Object.fromEntries(words(text).map((word) => [word.slice(0, word.indexOf("=")), list(word.slice(word.indexOf("=") + 1))]));

function read({ google, googleRegions, googleWait, googleRedact, googlePassthrough, uet, clarity, meta, tiktok, shopify }: DOMStringMap): BridgeConfig {
  const parts = { clarity: map(clarity ?? ""), shopify: map(shopify ?? "") };
  // A purpose that nobody has named cannot be granted.
  const of = (from: Record<string, Purposes>, name: string): Purposes => from[name] ?? ["?"];
  return {
    ...(google !== undefined && {
      google: {
        types: map(google),
        ...(googleRegions !== undefined && { regions: words(googleRegions) }),
        ...(googleWait !== undefined && { wait: Number(googleWait) }),
        redact: googleRedact !== undefined,
        passthrough: googlePassthrough !== undefined,
      },
    }),
    ...(uet !== undefined && { uet: list(uet) }),
    ...(clarity !== undefined && { clarity: { ads: of(parts.clarity, "ads"), analytics: of(parts.clarity, "analytics") } }),
    ...(meta !== undefined && { meta: list(meta) }),
    ...(tiktok !== undefined && { tiktok: list(tiktok) }),
    ...(shopify !== undefined && {
      shopify: {
        marketing: of(parts.shopify, "marketing"),
        analytics: of(parts.shopify, "analytics"),
        preferences: of(parts.shopify, "preferences"),
        sale: of(parts.shopify, "sale"),
      },
    }),
  };
}

const own = document.currentScript;
const gate = findGate();
if (gate && own instanceof HTMLScriptElement) connect(gate, read(own.dataset));
