import type { Decision } from "./decision.js";

/** Told of every change of the decision; `null` means that the visitor is to be asked. */
export type GateListener = (decision: Decision | null) => void;

/** What the gate would hold, or has held, once. */
export interface Observation {
  /** What it came by: an element's name, or `fetch`, `xhr`, `beacon`, `socket`, `event-source`, `web-transport`, `worklet`, `font`, `cookie`, `storage`. */
  readonly channel: string;
  /** The address, or the name of what would be stored. */
  readonly target: string;
  /** The purposes that it waits for. */
  readonly purposes: readonly string[];
}

/** The consent gate of a page: it holds back what waits for a purpose until that is granted. */
export interface Gate {
  /** The version of this interface. */
  readonly version: 1;
  /** The version of the policy that the page shows. */
  readonly policy: string;
  /** The purposes that the page asks for. */
  readonly purposes: readonly string[];
  /** The decision under this policy; `null` while there is none, and the visitor is to be asked. */
  readonly decision: Decision | null;
  /** The last decision that no longer counts: made under another version, or so long ago that it is asked anew. */
  readonly previous: Decision | null;
  /** Whether the decision outlives this page: `false` where the browser refuses to store it. */
  readonly persisted: boolean;
  /** The visitor's region, such as `US-CA`; empty where nobody said. */
  readonly region: string;
  /** Whether nothing is allowed before it was granted, or all is until somebody objects. */
  readonly model: "opt-in" | "opt-out";
  /** Whether the browser sends Global Privacy Control. */
  readonly signal: boolean;
  /** Whether that took back what an earlier decision granted. It holds until the visitor decides anew. */
  readonly conflict: boolean;
  /** What was held; in the mode `observe`, what would have been. The last hundred. */
  readonly observed: readonly Observation[];
  /** Whether this purpose is granted. */
  allows(purpose: string): boolean;
  /** The purposes that something at this address waits for; none when it passes. */
  waits(address: string): readonly string[];
  /** Decides: these purposes are granted and all others are not. What was held for them is released, in order. */
  decide(granted: readonly string[]): Decision;
  /** Takes every grant back. What has run already cannot be undone before the page is left. */
  withdraw(): Decision;
  /** Calls back after every change, in this tab or another; gives what ends that. */
  subscribe(listener: GateListener): () => void;
}

/** Where the gate is published: the same symbol in every script of the page. */
export const gateKey: unique symbol = Symbol.for("storefront-privacy.gate");

/** The global object, with the gate where there is one. */
export interface GateHolder {
  /** The gate of this page. */
  [gateKey]?: Gate;
}
