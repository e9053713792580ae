import type { Decision } from "./decision.js";

/** Told of every change of the decision; `null` means that the visitor is to be asked. */
export type GateListener = (decision: Decision | null) => void;

/** The consent gate of a page: it holds scripts back until their purpose is granted. */
export interface Gate {
  /** The version of this interface. */
  readonly version: 1;
  /** The version of the policy that the page shows. */
  readonly policy: string;
  /** The purposes that the page asks for. */
  readonly purposes: readonly string[];
  /** The decision under this policy; `null` while there is none, and the visitor is to be asked. */
  readonly decision: Decision | null;
  /** Whether the decision outlives this page: `false` where the browser refuses to store it. */
  readonly persisted: boolean;
  /** Whether this purpose is granted. */
  allows(purpose: string): boolean;
  /** Decides: these purposes are granted and all others are not. Scripts held for them are released, in order. */
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
