import { make } from "./dom.js";
import { durationText } from "./durations.js";
import { isObject } from "./requests.js";
import { counts, isCount, type TextKind, type Vendor, type VendorFacts } from "./vendor-facts.js";
import type { VendorsWords } from "./words-vendors.js";
import { fill } from "./words.js";

/** What a row shows beside the vendor itself. */
export interface RowState {
  /** Whether its facts are open. */
  readonly open: boolean;
  /** Whether it may rely on consent. */
  readonly consent: boolean;
  /** Whether its legitimate interest stands. */
  readonly interest: boolean;
}

/** Draws a vendor: its name, which opens its facts, and the choices that it asks for. */
export function drawVendor(vendor: Vendor, facts: VendorFacts, state: RowState, words: VendorsWords, language: string): HTMLElement {
  const { id, name } = vendor;
  const opener = make("button", { type: "button", class: "vendor-name", part: "vendor-name", "aria-expanded": String(state.open), value: id }, make("bdi", {}, name));
  const asksConsent = vendor.purposes.length > 0 || counts(vendor.declared["specialFeatures"]).length > 0;
  const choices = make(
    "div",
    { class: "vendor-choices" },
    ...(asksConsent ? [drawChoice("consent", id, state.consent, words.consent, fill(words.consentTo, { name }))] : []),
    ...(vendor.interests.length > 0 ? [drawChoice("interest", id, state.interest, words.interest, fill(words.interestOf, { name }))] : []),
    ...(asksConsent || vendor.interests.length > 0 ? [] : [make("span", { class: "muted" }, words.noChoice)]),
  );
  const details = state.open ? [drawFacts(vendor, facts, words, language)] : [];
  return make("div", { class: "vendor", part: "vendor" }, make("div", { class: "vendor-head" }, opener, choices), ...details);
}

function drawChoice(kind: "consent" | "interest", id: number, checked: boolean, label: string, name: string): HTMLElement {
  const box = make("input", { type: "checkbox", class: "vendor-choice", part: "vendor-choice", name: kind, value: id, "aria-label": name });
  box.checked = checked;
  return make("label", { class: "vendor-label" }, box, make("span", {}, label));
}

/** Everything the list says about a vendor, in the list's own words (TCF Policies, Appendix B, "Secondary layers"). */
function drawFacts({ declared, purposes, interests }: Vendor, facts: VendorFacts, words: VendorsWords, language: string): HTMLElement {
  const retention = isObject(declared["dataRetention"]) ? declared["dataRetention"] : {};
  const days = (count: number): string => durationText(`P${count}D`, language);
  const names = (kind: TextKind, ids: readonly number[], kept: unknown = null): string[] =>
    ids.map((id) => {
      const name = facts.texts[kind].get(id)?.name ?? String(id);
      const own = isObject(kept) ? kept[id] : undefined;
      return isCount(own) ? fill(words.kept, { name, days: days(own) }) : name;
    });
  const standard = retention["stdRetention"];
  const groups: readonly (readonly [keyof VendorsWords["facts"], readonly (string | Node)[]])[] = [
    ["consent", names("purposes", purposes, retention["purposes"])],
    ["interest", names("purposes", interests, retention["purposes"])],
    ["specialPurposes", names("specialPurposes", counts(declared["specialPurposes"]), retention["specialPurposes"])],
    ["features", names("features", counts(declared["features"]))],
    ["specialFeatures", names("specialFeatures", counts(declared["specialFeatures"]))],
    ["dataCategories", names("dataCategories", counts(declared["dataDeclaration"]))],
    ["retention", isCount(standard) ? [fill(words.keptOtherwise, { days: days(standard) })] : []],
    ["storage", storage(declared, words, days)],
    ["links", links(declared, words, language)],
  ];
  const list = make("dl", { class: "vendor-facts", part: "vendor-facts" });
  for (const [kind, values] of groups) {
    if (values.length > 0) list.append(make("dt", {}, words.facts[kind]), ...values.map((value) => make("dd", {}, value)));
  }
  return list;
}

function storage(declared: Readonly<Record<string, unknown>>, words: VendorsWords, days: (count: number) => string): string[] {
  const said: string[] = [];
  const seconds = declared["cookieMaxAgeSeconds"];
  if (declared["usesCookies"] === true) {
    const age = isCount(seconds) ? fill(words.cookies, { duration: days(Math.ceil(seconds / 86_400)) }) : fill(words.cookies, { duration: "–" });
    said.push(declared["cookieRefresh"] === true ? `${age} (${words.refreshed})` : age);
  }
  if (declared["usesNonCookieAccess"] === true) said.push(words.otherStorage);
  return said.length > 0 ? said : [words.noStorage];
}

function links(declared: Readonly<Record<string, unknown>>, words: VendorsWords, language: string): Node[] {
  const all = Array.isArray(declared["urls"]) ? declared["urls"].filter(isObject) : [];
  const [base = ""] = language.toLowerCase().split("-");
  const urls = all.find((each) => each["langId"] === base) ?? all.find((each) => each["langId"] === "en") ?? all[0] ?? {};
  const link = (address: unknown, text: string): Node[] => {
    const href = webAddress(address);
    return href === null ? [] : [make("a", { href, target: "_blank", rel: "noopener noreferrer" }, text)];
  };
  return [
    ...link(urls["privacy"], words.privacyPolicy),
    ...link(urls["legIntClaim"], words.interestClaim),
    ...link(declared["deviceStorageDisclosureUrl"], words.disclosure),
  ];
}

/** An address that a link may lead to: a list is somebody else's text, and `javascript:` is an address too. */
function webAddress(value: unknown): string | null {
  if (typeof value !== "string" || !URL.canParse(value)) return null;
  const { protocol, href } = new URL(value);
  return protocol === "https:" || protocol === "http:" ? href : null;
}
