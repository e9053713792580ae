/** The texts of `<sp-privacy-settings>` about what was decided, receipts and what was deleted. A `{name}` in a text is filled in. */
export interface RecordWords {
  /** The heading over what was decided. */
  readonly history: string;
  /** Said while nothing was. */
  readonly historyEmpty: string;
  /** One decision, `{date}`, by which `{names}` were allowed. */
  readonly historyItem: string;
  /** Stands for no name. */
  readonly nothing: string;
  /** Forgets what was decided before the present. */
  readonly forget: string;
  /** The heading over the receipts. */
  readonly receipts: string;
  /** What a receipt is. */
  readonly receiptsAbout: string;
  /** Said while there is none. */
  readonly receiptsEmpty: string;
  /** Said of a receipt that the shop has countersigned. */
  readonly confirmed: string;
  /** Said of one that it has not answered yet. */
  readonly waiting: string;
  /** Said of one that only this browser has. */
  readonly alone: string;
  /** Downloads all receipts as one file. */
  readonly download: string;
  /** Checks a file of receipts. */
  readonly check: string;
  /** Deletes all receipts, here and at the shop. */
  readonly erase: string;
  /** Announced when they are. */
  readonly erased: string;
  /** Said when the shop's copies could not be deleted. */
  readonly eraseFailed: string;
  /** A file that holds, of `{count}` receipts. */
  readonly holds: string;
  /** A file that does not. */
  readonly fails: string;
  /** Something else than a file of receipts. */
  readonly noReceipts: string;
  /** Said when receipts cannot be kept in this browser. */
  readonly receiptsOff: string;
  /** What was deleted: `{names}`. */
  readonly cleared: string;
  /** What could not be: `{names}`. */
  readonly left: string;
  /** That code of `{names}` has run. */
  readonly running: string;
  /** Loads the page anew. */
  readonly reload: string;
  /** That `{names}` may keep something that the shop cannot reach. */
  readonly elsewhere: string;
  /** The names of the checks. */
  readonly checks: Readonly<Record<string, string>>;
}

/** The same in English. */
export const recordEnglish: RecordWords = {
  history: "What you decided",
  historyEmpty: "You have not decided anything here yet.",
  historyItem: "{date}: {names}",
  nothing: "nothing optional",
  forget: "Forget earlier decisions",
  receipts: "Receipts",
  receiptsAbout: "A receipt shows what you agreed to and when, so that nobody can change it afterwards. It does not say who you are.",
  receiptsEmpty: "There are none. The first one is written when you allow something.",
  confirmed: "confirmed by the shop",
  waiting: "waiting for the shop",
  alone: "in this browser only",
  download: "Download receipts",
  check: "Check a file of receipts",
  erase: "Delete all receipts",
  erased: "The receipts are deleted, in this browser and at the shop.",
  eraseFailed: "The shop could not be reached. Its copies are not deleted yet: please try again later.",
  holds: "This file is genuine: {count} receipts, and everything that can be checked holds.",
  fails: "Do not rely on this file: it was changed, or is not what it says. What failed: {names}.",
  noReceipts: "This is no file of receipts.",
  receiptsOff: "This browser cannot keep receipts here. Your decision counts all the same.",
  cleared: "Deleted from this browser: {names}.",
  left: "Could not be deleted: {names}. You can clear this site’s data in your browser’s settings.",
  running: "{names} has already run on this page. It ends when the page is loaded anew.",
  reload: "Load the page anew",
  elsewhere: "{names} may keep something under an address of its own, which this page cannot reach. Your browser’s settings can clear it.",
  checks: {
    signature: "your signature",
    form: "the form",
    kantara: "the second form",
    chain: "the order of receipts",
    countersignature: "the shop’s signature",
    inclusion: "the place in the shop’s log",
    witness: "the witness",
    consistency: "the shop’s log was rewritten",
  },
};
