import { PrivacyError } from "../../lib/error.js";
import { isObject } from "./requests.js";

/** A standard text of the vendor list: a purpose, a feature, a category of data, a stack. */
export interface StandardText {
  /** Its number. */
  readonly id: number;
  /** Its name. */
  readonly name: string;
  /** What it means. */
  readonly description: string;
  /** Examples. */
  readonly illustrations: readonly string[];
  /** The purposes of a stack. */
  readonly purposes: readonly number[];
  /** The special features of a stack. */
  readonly specialFeatures: readonly number[];
}

/** The kinds of standard texts, as the list names them. */
export type TextKind = "purposes" | "specialPurposes" | "features" | "specialFeatures" | "dataCategories" | "stacks";

/** What a vendor declares, as far as visitors are told. */
export interface Vendor {
  /** Its number in the list. */
  readonly id: number;
  /** Its name. */
  readonly name: string;
  /** The purposes for which it asks for consent. */
  readonly purposes: readonly number[];
  /** The purposes for which it claims a legitimate interest. */
  readonly interests: readonly number[];
  /** Everything else that it declares, as the list has it. */
  readonly declared: Readonly<Record<string, unknown>>;
}

/** A vendor list, as the settings show it. */
export interface VendorFacts {
  /** The list's version. */
  readonly version: number;
  /** The vendors that have not left, by name. */
  readonly vendors: readonly Vendor[];
  /** The standard texts of a kind, by number. */
  readonly texts: Readonly<Record<TextKind, ReadonlyMap<number, StandardText>>>;
}

/** No list that IAB Europe publishes has a quarter as many. */
const mostVendors = 10_000;

/**
 * Reads a vendor list as far as it is shown (GVL specification 3; `standardTexts` since TCF 2.4), and keeps the vendors
 * that a shop works with. Texts stay as they are: they are shown as text alone.
 */
export function readVendors(value: unknown, only: readonly number[], language: string): VendorFacts {
  const refuse = (what: string): never => {
    throw new PrivacyError("vendor-list.invalid", `expected ${what} in the vendor list`);
  };
  if (!isObject(value) || !isObject(value["vendors"])) return refuse("vendors");
  if (value["gvlSpecificationVersion"] !== 3) {
    throw new PrivacyError("vendor-list.version", `expected specification 3 of the vendor list, found ${String(value["gvlSpecificationVersion"])}`);
  }
  const version = value["vendorListVersion"];
  if (!isCount(version)) return refuse("a number as vendorListVersion");
  const found = Object.values(value["vendors"]);
  if (found.length > mostVendors) throw new PrivacyError("vendor-list.too-long", `expected at most ${mostVendors} vendors, found ${found.length}`);
  const asked = new Set(only);
  const vendors: Vendor[] = [];
  for (const declared of found) {
    if (!isObject(declared) || !isCount(declared["id"]) || typeof declared["name"] !== "string") return refuse("an id and a name for each vendor");
    const { id, name } = declared as { id: number; name: string };
    if (declared["deletedDate"] !== undefined || (asked.size > 0 && !asked.has(id))) continue;
    vendors.push({ id, name: name.trim(), purposes: counts(declared["purposes"]), interests: counts(declared["legIntPurposes"]), declared });
  }
  const { compare } = collator(language);
  vendors.sort((a, b) => compare(a.name, b.name) || a.id - b.id);
  const texts = isObject(value["standardTexts"]) ? { ...value, ...value["standardTexts"] } : value;
  const read = (kind: TextKind): ReadonlyMap<number, StandardText> => readTexts(texts[kind]);
  return {
    version,
    vendors,
    texts: {
      purposes: read("purposes"),
      specialPurposes: read("specialPurposes"),
      features: read("features"),
      specialFeatures: read("specialFeatures"),
      dataCategories: read("dataCategories"),
      stacks: read("stacks"),
    },
  };
}

/** The same list with a translation's texts, `purposes-xx.json`, in place of those that it has. */
export function translated(facts: VendorFacts, translation: unknown): VendorFacts {
  if (!isObject(translation)) throw new PrivacyError("vendor-list.invalid", "expected an object as the vendor list's translation");
  const own = isObject(translation["standardTexts"]) ? { ...translation, ...translation["standardTexts"] } : translation;
  const texts = Object.entries(facts.texts).map(([kind, known]) => {
    // A stack's purposes are the list's: a translation has words alone.
    const words = [...readTexts(own[kind])].map(([id, text]) => [id, { ...text, purposes: known.get(id)?.purposes ?? text.purposes, specialFeatures: known.get(id)?.specialFeatures ?? text.specialFeatures }] as const);
    return [kind, new Map([...known, ...words])];
  });
  return { ...facts, texts: Object.fromEntries(texts) as VendorFacts["texts"] };
}

/**
 * The stacks that stand for the purposes and special features of a shop: the widest first, none over another (TCF Policies,
 * Appendix A, "Stacks").
 */
export function stacksFor(facts: VendorFacts, purposes: readonly number[], specialFeatures: readonly number[]): StandardText[] {
  const open = { purposes: new Set(purposes), specialFeatures: new Set(specialFeatures) };
  const size = (stack: StandardText): number => stack.purposes.length + stack.specialFeatures.length;
  const chosen: StandardText[] = [];
  for (const stack of [...facts.texts.stacks.values()].sort((a, b) => size(b) - size(a) || a.id - b.id)) {
    if (size(stack) === 0 || !stack.purposes.every((id) => open.purposes.has(id)) || !stack.specialFeatures.every((id) => open.specialFeatures.has(id))) continue;
    stack.purposes.forEach((id) => open.purposes.delete(id));
    stack.specialFeatures.forEach((id) => open.specialFeatures.delete(id));
    chosen.push(stack);
  }
  return chosen;
}

/** Numbers of a list in a vendor's declaration; whatever else stands there is left out. */
export function counts(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.filter(isCount) : [];
}

/** Whether a value is a number that the list counts with. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function readTexts(value: unknown): ReadonlyMap<number, StandardText> {
  const texts = new Map<number, StandardText>();
  for (const text of isObject(value) ? Object.values(value) : []) {
    if (!isObject(text) || !isCount(text["id"])) continue;
    const words = (member: string): string => (typeof text[member] === "string" ? text[member].trim() : "");
    const illustrations = Array.isArray(text["illustrations"]) ? text["illustrations"].filter((each) => typeof each === "string" && each !== "") : [];
    const { id } = text as { id: number };
    texts.set(id, {
      id,
      name: words("name"),
      description: words("description"),
      illustrations: illustrations as string[],
      purposes: counts(text["purposes"]),
      specialFeatures: counts(text["specialFeatures"]),
    });
  }
  return texts;
}

function collator(language: string): Intl.Collator {
  try {
    return new Intl.Collator(language, { sensitivity: "base" });
  } catch {
    return new Intl.Collator(undefined, { sensitivity: "base" });
  }
}
