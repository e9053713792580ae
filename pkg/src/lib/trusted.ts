import { toPrivacyError } from "./error.js";
import { trusted, type TrustedShare } from "./trusted-share.js";

/**
 * An address of ours as a `Worker` takes it where Trusted Types are enforced; the address itself elsewhere.
 *
 * Called with a finished URL, never around `new URL(…, import.meta.url)`: a bundler would not see the asset.
 */
export function trustedScriptURL(url: URL | string): string {
  return pass(String(url), (share, address) => share.scriptURL(address));
}

/** Markup of ours, which holds nothing that a page or a visitor wrote, as a frame's `srcdoc` takes it. */
export function trustedMarkup(markup: string): string {
  return pass(markup, (share, text) => share.html(text));
}

function pass(text: string, make: (share: TrustedShare, text: string) => string): string {
  try {
    const share = trusted();
    share.allow(text);
    return make(share, text);
  } catch (caught) {
    throw toPrivacyError(caught, "load.blocked", "the page does not allow an address of ours");
  }
}
