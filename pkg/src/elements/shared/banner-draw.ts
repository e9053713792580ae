/** What draws the banner where no server has, and writes its texts anew: a page whose banner was rendered ahead loads none of it. */
import { PrivacyError } from "../../lib/error.js";
import sheet from "../../styles/consent-banner.css.js";
import theme from "../../styles/theme.css.js";
import type { BannerView } from "./banner-view.js";
import { make } from "./dom.js";
import { isObject } from "./requests.js";
import { fill } from "./words.js";
import type { ConsentBannerWords } from "./words-consent.js";

/** The look of a banner whose sheet no server has linked. */
export const bannerSheets: readonly string[] = [theme, sheet];

/** What the banner needs of a shop's policy file. */
export interface BannerPolicy {
  /** The policy's version. */
  readonly version: string;
  /** The language of its texts. */
  readonly language: string;
  /** Where it is to be read. */
  readonly policyUrl: string;
  /** How many partners there are; 0 where the policy does not take part in the IAB's framework. */
  readonly partners: number;
  /** Whether Global Privacy Control objects to one of the purposes. */
  readonly signal: boolean;
  /** What has changed since the version before. */
  readonly changes: readonly string[];
  /** The banner's texts in the shop's own words. */
  readonly words: Partial<ConsentBannerWords>;
  /** What is told and asked. */
  readonly purposes: readonly { readonly id: string; readonly name: string; readonly description: string; readonly essential: boolean }[];
}

type Json = Readonly<Record<string, unknown>>;

/** Google's types, laws' words and TCF purposes that make a purpose advertising, as the core has them (`Iab::is_advertising`). */
function heedsSignal({ gpc, essential, iab }: Json): boolean {
  if (essential === true) return false;
  if (gpc === true || !isObject(iab)) return gpc === true;
  const list = (member: string): unknown[] => (Array.isArray(iab[member]) ? (iab[member] as unknown[]) : []);
  return (
    list("us").length > 0 ||
    list("additionalConsent").length > 0 ||
    list("tcf").some((purpose) => [2, 3, 4, 7].includes(purpose as number)) ||
    list("consentMode").some((key) => String(key).startsWith("ad_"))
  );
}

/** Reads a policy file as far as the banner shows it, in a language; the core reads it whole, in the settings. */
export function readBannerPolicy(value: unknown, language = "en"): BannerPolicy {
  const refuse = (what: string): never => {
    throw new PrivacyError("consent.policy-invalid", `expected ${what} in the policy`);
  };
  const text = (from: Readonly<Record<string, unknown>>, member: string): string => {
    const found = from[member];
    return typeof found === "string" && found !== "" ? found : refuse(`a text as ${member}`);
  };
  if (!isObject(value)) return refuse("an object");
  const purposes = value["purposes"];
  if (!Array.isArray(purposes)) return refuse("a list of purposes");
  const same = (tag: string): boolean => tag.toLowerCase() === language.toLowerCase();
  const own = text(value, "language");
  const listed = Array.isArray(value["translations"]) ? (value["translations"] as unknown[]) : [];
  const translation = same(own) ? undefined : listed.filter(isObject).find((each) => same(text(each, "language")));
  const translated = Array.isArray(translation?.["purposes"]) ? (translation["purposes"] as unknown[]).filter(isObject) : [];
  const banner = translation ? translation["banner"] : same(own) && value["banner"];
  return {
    version: text(value, "version"),
    language: translation ? text(translation, "language") : own,
    policyUrl: text(value, "policyUrl"),
    partners: isObject(value["tcf"]) ? countPartners(value["tcf"]) : 0,
    signal: purposes.filter(isObject).some(heedsSignal),
    changes: Array.isArray(value["changes"]) ? value["changes"].map(String) : [],
    words: isObject(banner) ? Object.fromEntries(Object.keys(banner).map((name) => [name, text(banner, name)])) : {},
    purposes: purposes.map((purpose: unknown) => {
      if (!isObject(purpose)) return refuse("an object as each purpose");
      const texts = translated.find((each) => each["id"] === purpose["id"]) ?? purpose;
      return { id: text(purpose, "id"), name: text(texts, "name"), description: text(texts, "description"), essential: purpose["essential"] === true };
    }),
  };
}

function countPartners({ vendorCount, vendors }: Readonly<Record<string, unknown>>): number {
  if (Number.isInteger(vendorCount)) return Number(vendorCount);
  return Array.isArray(vendors) ? new Set(vendors).size : 0;
}

function partnersText(count: number, { partner, partners }: ConsentBannerWords): string {
  return fill(count === 1 ? partner : partners, { count });
}

/** Draws the same banner as the core's `consent::banner::render`. */
export function drawBanner(policy: BannerPolicy, settings: string | null, ours: ConsentBannerWords, language: string): HTMLElement {
  const words = { ...ours, ...policy.words };
  const lang = policy.language === language ? null : policy.language;
  const essential = policy.purposes.filter((purpose) => purpose.essential);
  const asked = policy.purposes.filter((purpose) => !purpose.essential);
  return make(
    "section",
    { class: "banner", part: "banner", role: "region", "aria-label": words.title, lang: language },
    make(
      "div",
      { class: "text", part: "text" },
      make("h2", { class: "title", part: "title" }, words.title),
      make("p", { class: "message", part: "message" }, words.message),
      ...(policy.partners > 0 ? [make("p", { class: "message partners", part: "message partners" }, partnersText(policy.partners, words))] : []),
      ...(policy.signal ? (["honoured", "conflict"] as const).map((name) => make("p", { class: `message ${name}`, part: `message ${name}` }, words[name])) : []),
      ...(policy.changes.length > 0
        ? [
            make(
              "div",
              { class: "changes", part: "changes" },
              make("p", { class: "message", part: "message" }, words.changed),
              make("ul", { class: "facts", part: "facts", lang }, ...policy.changes.map((fact) => make("li", {}, fact))),
            ),
          ]
        : []),
    ),
    make(
      "form",
      { class: "choices", part: "choices", id: "choices", hidden: true },
      make(
        "fieldset",
        { class: "purposes", part: "purposes" },
        make("legend", { class: "legend", part: "legend" }, words.legend),
        ...essential.map(({ name, description }) =>
          make(
            "div",
            { class: "purpose essential", part: "purpose" },
            make("p", { class: "name", part: "name", lang }, name),
            make("p", { class: "state", part: "state" }, words.always),
            make("p", { class: "about", part: "about", lang }, description),
          ),
        ),
        ...asked.map(({ id, name, description }) =>
          make(
            "div",
            { class: "purpose", part: "purpose" },
            make("input", {
              class: "toggle",
              part: "toggle",
              type: "checkbox",
              id: `purpose-${id}`,
              name: "purpose",
              value: id,
              "aria-describedby": `about-${id}`,
            }),
            make("label", { class: "name", part: "name", for: `purpose-${id}`, lang }, name),
            make("p", { class: "about", part: "about", id: `about-${id}`, lang }, description),
          ),
        ),
      ),
      make("button", { class: "button", part: "button save", type: "submit" }, words.save),
    ),
    make(
      "div",
      { class: "actions", part: "actions" },
      make("button", { class: "button", part: "button accept", type: "button", value: "accept" }, words.accept),
      make("button", { class: "button", part: "button reject", type: "button", value: "reject" }, words.reject),
      make(
        "button",
        { class: "button", part: "button choose", type: "button", value: "choose", "aria-expanded": "false", "aria-controls": "choices" },
        words.choose,
      ),
    ),
    make(
      "p",
      { class: "links", part: "links" },
      make("a", { class: "link", part: "link", href: policy.policyUrl }, words.policyLink),
      ...(settings === null || settings === "" ? [] : [" ", make("a", { class: "link", part: "link", href: settings }, words.settingsLink)]),
    ),
  );
}

/** Writes the banner's own texts anew; those of the policy stay. */
export function writeBanner({ section }: BannerView, words: ConsentBannerWords): void {
  const texts: Readonly<Record<string, string>> = {
    ".title": words.title,
    ".title + .message": words.message,
    ".honoured": words.honoured,
    ".conflict": words.conflict,
    ".changes .message": words.changed,
    ".legend": words.legend,
    '[part~="save"]': words.save,
    '[part~="accept"]': words.accept,
    '[part~="reject"]': words.reject,
    '[part~="choose"]': words.choose,
  };
  for (const [selector, text] of Object.entries(texts)) section.querySelector(selector)?.replaceChildren(text);
  const partners = section.querySelector(".partners");
  const count = /\d+/.exec(partners?.textContent ?? "");
  if (count) partners?.replaceChildren(partnersText(Number(count[0]), words));
  for (const state of section.querySelectorAll(".state")) state.textContent = words.always;
  const [policyLink, settingsLink] = section.querySelectorAll(".link");
  policyLink?.replaceChildren(words.policyLink);
  settingsLink?.replaceChildren(words.settingsLink);
  section.setAttribute("aria-label", words.title);
}
