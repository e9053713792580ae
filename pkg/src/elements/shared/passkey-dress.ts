import type { PasskeyLocale } from "../../lib/passkey-languages.js";
import { languageAt } from "./words.js";

/** The texts in force at an element, and their language; `null` where English, which is built in, is as good as it gets. */
export async function passkeyLocaleAt(element: Element): Promise<PasskeyLocale | null> {
  const language = languageAt(element);
  if (/^en\b/i.test(language)) return null;
  try {
    return await (await import("../../lib/passkey-languages.js")).passkeyLocale(language, element.hasAttribute("unreviewed"));
  } catch {
    return null;
  }
}
