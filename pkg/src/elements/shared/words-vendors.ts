/** Every text of the vendors in `<sp-privacy-settings>`. A `{name}` in a text is filled in. The standard texts are the list's own. */
export interface VendorsWords {
  /** Their heading; `{count}` of them. */
  readonly title: string;
  /** What they are. */
  readonly about: string;
  /** The search field. */
  readonly search: string;
  /** Announced while searching: `{shown}` of `{count}`. */
  readonly found: string;
  /** Grants to all. */
  readonly acceptAll: string;
  /** Refuses all, and objects to all. */
  readonly rejectAll: string;
  /** Announced after granting to all. */
  readonly accepted: string;
  /** Announced after refusing all. */
  readonly rejected: string;
  /** The box for consent. */
  readonly consent: string;
  /** The box for legitimate interest. */
  readonly interest: string;
  /** The same boxes' names for screen readers, with the vendor's `{name}`. */
  readonly consentTo: string;
  /** The same for legitimate interest. */
  readonly interestOf: string;
  /** Said of a vendor that needs no choice. */
  readonly noChoice: string;
  /** Opens the standard texts. */
  readonly meanings: string;
  /** Stands for a list without vendors that match. */
  readonly none: string;
  /** The headings of a vendor's facts. */
  readonly facts: Readonly<Record<"consent" | "interest" | "specialPurposes" | "features" | "specialFeatures" | "dataCategories" | "retention" | "storage" | "links", string>>;
  /** A purpose with the `{days}` that its data is kept. */
  readonly kept: string;
  /** The `{days}` of everything else. */
  readonly keptOtherwise: string;
  /** Cookies and how long they last: `{duration}`. */
  readonly cookies: string;
  /** Added when that is counted anew with each visit. */
  readonly refreshed: string;
  /** Other storage than cookies. */
  readonly otherStorage: string;
  /** Stands for no storage at all. */
  readonly noStorage: string;
  /** The links. */
  readonly privacyPolicy: string;
  /** The link to what the vendor says of its legitimate interest. */
  readonly interestClaim: string;
  /** The link to what it stores. */
  readonly disclosure: string;
}

/** The texts in English. */
export const vendorsEnglish: VendorsWords = {
  title: "Our partners ({count})",
  about: "These companies take part in the IAB Transparency and Consent Framework. They may use your data only for what you allow above, and only if you allow it to them here.",
  search: "Search partners",
  found: "{shown} of {count} partners",
  acceptAll: "Accept all partners",
  rejectAll: "Reject all partners",
  accepted: "All partners are accepted. Save your choice to keep it.",
  rejected: "All partners are rejected. Save your choice to keep it.",
  consent: "Consent",
  interest: "Legitimate interest",
  consentTo: "Consent to {name}",
  interestOf: "Legitimate interest of {name}",
  noChoice: "Special purposes only",
  meanings: "What each purpose means",
  none: "No partner has this name.",
  facts: {
    consent: "Purposes with your consent",
    interest: "Purposes in its legitimate interest",
    specialPurposes: "Special purposes",
    features: "Features",
    specialFeatures: "Special features",
    dataCategories: "Data",
    retention: "How long data is kept",
    storage: "Storage on your device",
    links: "More",
  },
  kept: "{name}: {days}",
  keptOtherwise: "{days}",
  cookies: "Cookies, for at most {duration}",
  refreshed: "counted anew with each visit",
  otherStorage: "Other storage than cookies",
  noStorage: "Nothing",
  privacyPolicy: "Privacy policy",
  interestClaim: "Its legitimate interest",
  disclosure: "What it stores, in detail",
};
