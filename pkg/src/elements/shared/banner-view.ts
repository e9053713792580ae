import { PrivacyError } from "../../lib/error.js";

/** The parts of the banner that work, whoever drew them: the server ahead of time, or our own script. */
export interface BannerView {
  /** The whole banner. */
  readonly section: HTMLElement;
  /** The form of single choices. */
  readonly choices: HTMLFormElement;
  /** The button that shows it. */
  readonly choose: HTMLButtonElement;
  /** The boxes, one for each purpose that is asked about. */
  readonly toggles: readonly HTMLInputElement[];
}

/** Finds the working parts of a banner; throws when it is not one of ours. */
export function findBanner(section: HTMLElement): BannerView {
  const choices = section.querySelector<HTMLFormElement>("form.choices");
  const choose = section.querySelector<HTMLButtonElement>('button[value="choose"]');
  if (choices === null || choose === null) throw new PrivacyError("consent.policy-invalid", "expected the banner as this version renders it");
  return { section, choices, choose, toggles: [...choices.querySelectorAll<HTMLInputElement>("input.toggle")] };
}
