/** A visitor's decision, as it is kept in `localStorage` under `sp-consent`. */
export interface Decision {
  /** The version of this format. */
  readonly v: 1;
  /** The version of the policy that was shown. */
  readonly policy: string;
  /** When it was decided, in seconds since 1970. */
  readonly at: number;
  /** The purposes that were granted; essential ones are not listed. */
  readonly granted: readonly string[];
}
