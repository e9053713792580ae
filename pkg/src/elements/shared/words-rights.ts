/** The texts of `<sp-privacy-settings>` about requests. A `{name}` in a text is filled in. */
export interface RightsWords {
  /** The heading. */
  readonly heading: string;
  /** What one can ask for. */
  readonly about: string;
  /** The label of the choice. */
  readonly action: string;
  /** What one can ask for, by action. */
  readonly actions: Readonly<Record<string, string>>;
  /** The label of the text that says what is to be put right. */
  readonly detail: string;
  /** Says that an account is deleted for good. */
  readonly deletes: string;
  /** Why the shop asks who it is. */
  readonly who: string;
  /** The label of the e-mail address. */
  readonly email: string;
  /** Has a code mailed. */
  readonly sendCode: string;
  /** Said when one was. */
  readonly codeSent: string;
  /** The label of the code. */
  readonly code: string;
  /** Sends the request. */
  readonly send: string;
  /** Said when it is sent. */
  readonly sent: string;
  /** Said when the shop refuses it. */
  readonly refused: string;
  /** Said when it was asked too often. */
  readonly tooOften: string;
  /** Said when the shop cannot be reached. */
  readonly away: string;
  /** The heading over the requests that were made. */
  readonly requests: string;
  /** A request: what (`{action}`), when (`{date}`) and where it stands (`{status}`). */
  readonly item: string;
  /** Until when it is answered, `{date}`, and by which rule, `{source}`. */
  readonly due: string;
  /** Fetches the copy. */
  readonly fetch: string;
  /** Takes a request back. */
  readonly revoke: string;
  /** Where a request stands. */
  readonly states: Readonly<Record<string, string>>;
}

/** The same in English. */
export const rightsEnglish: RightsWords = {
  heading: "Your data",
  about: "You can ask what we keep about you, and what is to become of it. It costs nothing.",
  action: "What do you want?",
  actions: {
    "sale:opt-out": "Do not sell or share my data",
    "sensitive:limit": "Limit the use of my sensitive data",
    access: "A copy of my data",
    portability: "A copy that other programs can read",
    correction: "Put something right",
    deletion: "Delete my data and my account",
  },
  detail: "What is wrong, and what is right?",
  deletes: "Your account is deleted at once and cannot be brought back.",
  who: "So that nobody else gets your data, we have to know that it is you: sign in, or have a code mailed to you.",
  email: "Your e-mail address",
  sendCode: "Mail me a code",
  codeSent: "If we can write to this address, a code is on its way. It is good for ten minutes.",
  code: "The code",
  send: "Send the request",
  sent: "We have your request.",
  refused: "That did not work: the code is wrong or too old, or something is missing.",
  tooOften: "That was too often. Please try again in a few minutes.",
  away: "The shop cannot be reached. Nothing was sent; please try again.",
  requests: "Your requests",
  item: "{action}, {date}: {status}",
  due: "To be answered by {date} ({source})",
  fetch: "Get the copy",
  revoke: "Take it back",
  states: {
    open: "open",
    in_progress: "being worked on",
    fulfilled: "done",
    revoked: "taken back",
    denied: "refused",
    expired: "over",
  },
};
