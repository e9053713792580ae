import type { RightsWords } from "./words-rights.js";
import type { RecordWords } from "./words-settings-more.js";
import type { VendorsWords } from "./words-vendors.js";

/** Every text of `<sp-consent-banner>`. */
export interface ConsentBannerWords {
  /** The banner's heading and name. */
  readonly title: string;
  /** What it is about. */
  readonly message: string;
  /** How many partners there are, `{count}`, where the policy takes part in the IAB's framework. */
  readonly partners: string;
  /** The same for a single one. */
  readonly partner: string;
  /** The heading of the purposes. */
  readonly legend: string;
  /** Said of an essential purpose. */
  readonly always: string;
  /** Keeps what is ticked. */
  readonly save: string;
  /** Grants everything. */
  readonly accept: string;
  /** Grants nothing. */
  readonly reject: string;
  /** Shows the purposes. */
  readonly choose: string;
  /** The link to the policy. */
  readonly policyLink: string;
  /** The link to the settings. */
  readonly settingsLink: string;
  /** Announced after deciding. */
  readonly saved: string;
  /** Before the facts that have changed since the visitor last chose. */
  readonly changed: string;
  /** Said where Global Privacy Control was honoured. */
  readonly honoured: string;
  /** Said where it contradicts an earlier choice. */
  readonly conflict: string;
  /** In the place of held content: where it comes from, `{origin}`, and the names of its purposes, `{names}`. */
  readonly held: string;
  /** Allows those purposes. */
  readonly show: string;
}

/** Every text of `<sp-privacy-settings>`. A `{name}` in a text is filled in. */
export interface PrivacySettingsWords {
  /** What is said while there is no decision. */
  readonly undecided: string;
  /** The same where what is not objected to is allowed, `{names}`. */
  readonly until: string;
  /** The state of the decision, made on `{date}`, when some purposes are granted: `{names}`. */
  readonly some: string;
  /** The same when none is. */
  readonly none: string;
  /** Added when the browser does not keep the decision. */
  readonly unkept: string;
  /** Said of an essential purpose. */
  readonly always: string;
  /** The heading of the purposes. */
  readonly legend: string;
  /** Opens what is known about a purpose's services; `{count}` of them. */
  readonly details: string;
  /** Who runs a service. */
  readonly provider: string;
  /** What it keeps in the browser. */
  readonly sets: string;
  /** What it sends. */
  readonly sends: string;
  /** Who receives that. */
  readonly recipients: string;
  /** How long they keep it. */
  readonly retention: string;
  /** Stands for an empty list. */
  readonly nothing: string;
  /** One stored item: its `{name}`, where it is (`{kind}`) and for how long (`{retention}`). */
  readonly item: string;
  /** The kinds of stored items. */
  readonly kinds: Readonly<Record<string, string>>;
  /** The retention of what goes with the browser's session. */
  readonly session: string;
  /** Why data is used, by legal basis. */
  readonly bases: Readonly<Record<string, string>>;
  /** Keeps what is ticked. */
  readonly save: string;
  /** Takes everything back. */
  readonly withdraw: string;
  /** Announced after saving. */
  readonly saved: string;
  /** Announced after taking everything back. */
  readonly withdrawn: string;
  /** Who is responsible, `{name}`, and where to write, `{contact}`. */
  readonly responsible: string;
  /** Said when the list of partners cannot be had. */
  readonly partnersMissing: string;
  /** Asks for it once more. */
  readonly partnersAgain: string;
  /** Said where the browser sends Global Privacy Control (11 CCR §7025(c)(6) asks for a display of that). */
  readonly signal: string;
  /** Said where that contradicts what the visitor had allowed. */
  readonly conflict: string;
  /** Stands before what has changed since the visitor last chose. */
  readonly changed: string;
  /** The texts about partners; what is missing is English. */
  readonly partners?: Partial<VendorsWords>;
  /** The texts about what was decided and receipts; what is missing is English. */
  readonly records?: Partial<RecordWords>;
  /** The texts about requests; what is missing is English. */
  readonly rights?: Partial<RightsWords>;
}

/** The texts of `<sp-consent-banner>` in English. */
export const bannerEnglish: ConsentBannerWords = {
  title: "Your privacy",
  message: "We would like to use your data for more than running this shop. You decide, and you can change your mind at any time.",
  partners: "We and {count} partners store and read information on your device, such as identifiers in cookies, and process personal data for the purposes named here.",
  partner: "We and {count} partner store and read information on your device, such as identifiers in cookies, and process personal data for the purposes named here.",
  legend: "What may we use your data for?",
  always: "Always on",
  save: "Save my choice",
  accept: "Accept all",
  reject: "Reject all",
  choose: "Choose",
  policyLink: "Privacy policy",
  settingsLink: "Privacy settings",
  saved: "Your choice is saved.",
  changed: "Since you last chose, this has changed:",
  honoured: "Opt-out request honoured",
  conflict: "Your browser asks not to sell or share your data. What you allowed before and this request contradict each other; the request holds until you choose anew.",
  held: "This content comes from {origin}. It is shown when you allow: {names}.",
  show: "Allow and show",
};
