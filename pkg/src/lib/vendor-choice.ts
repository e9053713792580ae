/** What a visitor has decided about single vendors; it narrows what the decision allows, and never widens it. */
export interface VendorChoice {
  /** The version of this format. */
  readonly v: 1;
  /** The version of the policy it was made under. */
  readonly policy: string;
  /** The version of the vendor list it was made over. */
  readonly list: number;
  /** Vendors that the visitor was shown. */
  readonly disclosed: readonly number[];
  /** Vendors that may rely on the visitor's consent. */
  readonly consents: readonly number[];
  /** Vendors whose legitimate interest the visitor has not objected to. */
  readonly legitimateInterests: readonly number[];
}

const storageKey = "sp-consent-vendors";

/** What the browser has refused to store holds until the page is left. */
let unkept: VendorChoice | null = null;

/** What is stored, if it was stored by us under this policy; `null` where single vendors were never decided about. */
export function readVendorChoice(policy: string): VendorChoice | null {
  try {
    const { v, policy: decidedUnder, list, disclosed, consents, legitimateInterests } = JSON.parse(localStorage.getItem(storageKey) ?? "") as Partial<VendorChoice>;
    const believable = v === 1 && decidedUnder === policy && isId(list) && areIds(disclosed) && areIds(consents) && areIds(legitimateInterests);
    return believable ? { v, policy, list, disclosed, consents, legitimateInterests } : null;
  } catch {
    return unkept?.policy === policy ? unkept : null;
  }
}

/** Stores a choice, or forgets the one that is stored; a browser that refuses keeps none. */
export function storeVendorChoice(choice: VendorChoice | null): void {
  unkept = null;
  try {
    if (choice === null) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, JSON.stringify(choice));
  } catch {
    unkept = choice;
  }
}

function isId(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) > 0 && Number(value) <= 65_535;
}

function areIds(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(isId);
}
