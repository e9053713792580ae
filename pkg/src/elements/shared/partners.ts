import type { Decision } from "../../lib/decision.js";
import { readVendorChoice, storeVendorChoice } from "../../lib/vendor-choice.js";
import { bringVendorList } from "../../lib/vendor-list.js";
import { isObject } from "./requests.js";
import { counts, readVendors, translated, type VendorFacts } from "./vendor-facts.js";
import { VendorsView } from "./vendors-view.js";
import type { VendorsWords } from "./words-vendors.js";

/** The partners, once they are shown. */
export interface OpenVendors {
  /** The view. */
  readonly section: HTMLElement;
  /** Ticks what stands under a policy. */
  follow(policy: string, decision: Decision | null): void;
  /** Keeps what is ticked, or that all are refused. */
  store(policy: string, refused: boolean): void;
}

/** Where the shop serves the list's texts in a language. */
interface Translation {
  readonly language: string;
  readonly list: string;
}

/** The standard texts in the page's language, where the shop serves them; else, and when they cannot be had, the list's own. */
async function inLanguage(facts: VendorFacts, translations: readonly Translation[], language: string): Promise<VendorFacts> {
  const wanted = language.toLowerCase();
  const of = (tag: string): Translation | undefined => translations.find((one) => one.language.toLowerCase() === tag);
  const found = of(wanted) ?? of(wanted.replace(/-.*/, ""));
  if (found === undefined) return facts;
  try {
    return await bringVendorList(found.list, false, (texts) => translated(facts, texts));
  } catch {
    return facts;
  }
}

/** Loads the list and shows it; `policy` is a policy file that has a `tcf` member, and that the core has checked. */
export async function openVendors(root: ShadowRoot, policy: Readonly<Record<string, unknown>>, words: Partial<VendorsWords>, language: string): Promise<OpenVendors> {
  const { vendorList = "", vendors, translations = [] } = policy["tcf"] as { readonly vendorList?: string; readonly vendors?: unknown; readonly translations?: readonly Translation[] };
  const asked = Array.isArray(policy["purposes"]) ? policy["purposes"].filter(isObject) : [];
  const gathered = (member: string): number[] =>
    [...new Set(asked.flatMap(({ iab }) => (isObject(iab) ? counts(iab[member]) : [])))].sort((a, b) => a - b);
  const english = await bringVendorList(vendorList, false, (list) => readVendors(list, counts(vendors), language));
  const facts = await inLanguage(english, translations, language);
  const view = new VendorsView(root, { facts, purposes: gathered("tcf"), specialFeatures: gathered("specialFeatures"), words, language });
  return {
    section: view.section,
    follow(policy, decision) {
      // A legitimate interest stands until it is objected to; rejecting everything objects to it.
      const granted = decision !== null && decision.granted.length > 0;
      view.decided(readVendorChoice(policy), { consent: granted, interest: decision === null || granted });
    },
    store(policy, refused) {
      if (refused) view.decided(null, { consent: false, interest: false });
      storeVendorChoice(view.choice(policy));
    },
  };
}
