import { gate as requireGate } from "../gate.js";
import type { Decision } from "./decision.js";
import { isPrivacyError, PrivacyError } from "./error.js";
import { supportedSections } from "./gpp-sections.js";
import { openGpp, type GppApi, type GppState } from "./gpp-api.js";
import type { GppSection } from "./gpp-types.js";
import { openTcf, type TcfApi } from "./tcf-api.js";
import type { ReadTcString } from "./tcf-data.js";
import { readVendorChoice } from "./vendor-choice.js";
import { bringVendorList } from "./vendor-list.js";

/** What partners are told, as the core makes it. */
export interface ToldSignals {
  /** The TC string; `null` where none is given. */
  readonly tc: string | null;
  /** The GPP string; `null` where none is given. */
  readonly gpp: string | null;
  /** The GPP sections that apply. */
  readonly applicableSections: readonly number[];
  /** Why what is `null` is not given; a `code` says that something has to be put right. */
  readonly withheld: Readonly<Partial<Record<string, { readonly code: string | null; readonly because: string }>>>;
}

/** What signals are made from. */
export interface SignalAnswers {
  /** What the gate has. */
  readonly decision: Decision | null;
  /** Whether the browser sends Global Privacy Control. */
  readonly gpc: boolean;
  /** A country, or a country and its subdivision; empty for unknown. */
  readonly region: string;
  /** The language in which the visitor was asked. */
  readonly language: string;
  /** Seconds since 1970. */
  readonly now: number;
  /** What was chosen among vendors. */
  readonly vendors?: { readonly disclosed: readonly number[]; readonly consents: readonly number[]; readonly legitimateInterests: readonly number[] };
}

/** The module that makes signals, `storefront-privacy/consent-signals`. */
export interface SignalMaker {
  /** What partners are told where there is no vendor list. */
  signals(policy: string | object, answers: SignalAnswers): ToldSignals;
  /** Reads a vendor list, under whose rules signals are made. */
  vendorList(source: string | object): Pick<SignalMaker, "signals">;
}

/** The module that reads strings, `storefront-privacy/consent-iab`. */
export interface StringReader {
  /** Reads a TC string. */
  decodeTcString(text: string): ReadTcString;
  /** Reads a GPP string. */
  decodeGpp(text: string): Readonly<Record<string, unknown>>;
}

/** How the page's side is started. */
export interface CmpOptions {
  /** The shop's policy file: its address, or what it says. */
  readonly policy: string | object;
  /** Where the visitor is, as the shop's server knows it (`DE`, `US-CA`); left out, all regions' signals are given. */
  readonly region?: string;
  /** Brings the module that makes signals; it is asked when there is no stored answer. */
  readonly signals: () => Promise<SignalMaker>;
  /** Brings the module that reads strings; it is asked when a listener wants to know what a string says. */
  readonly strings: () => Promise<StringReader>;
}

/** The page's side, once it is started. */
export interface Cmp {
  /** `__tcfapi`; `null` where the policy has no `tcf` with a registered id. */
  readonly tcf: TcfApi | null;
  /** `__gpp`; `null` where the policy has no `gpp`. */
  readonly gpp: GppApi | null;
  /** Why partners are told less than the policy asks for; `null` while all is well. A later decision tries again. */
  readonly failure: PrivacyError | null;
}

interface Stored {
  readonly key: string;
  readonly gdprApplies: boolean;
  readonly tc: string;
  readonly gpp: GppState;
}

interface IabPolicy {
  readonly version?: string;
  readonly tcf?: { readonly cmpId?: number; readonly cmpVersion?: number; readonly vendorList?: string };
  readonly gpp?: { readonly cmpId?: number };
}

const storageKey = "sp-consent-signals";

let started: Promise<Cmp> | undefined;

/**
 * Puts `__tcfapi` and `__gpp` on the page as the policy asks for them, and keeps them true to the gate's decision: here, in
 * other tabs, and when the page comes back from the back-forward cache. A decision whose strings are stored loads no module.
 * A page has one of each: the first call's options hold, and later calls give what it gave.
 *
 * Rejects with `gate.missing`, `network.failed`, or `tcf.cmp-missing` where `tcf` has no registered id and there is no `gpp`;
 * a call after that tries again.
 */
export function startCmp(options: CmpOptions): Promise<Cmp> {
  return (started ??= start(options).catch((failure: unknown) => {
    started = undefined;
    throw failure;
  }));
}

async function start({ policy: source, region = "", signals, strings }: CmpOptions): Promise<Cmp> {
  const gate = requireGate();
  const policy = (typeof source === "string" ? await fetchPolicy(source) : source) as IabPolicy;
  const cmpId = policy.tcf?.cmpId;
  const unregistered =
    policy.tcf && cmpId === undefined
      ? new PrivacyError("tcf.cmp-missing", "expected `tcf.cmpId` in the policy: no TC string is given without the id that IAB Europe registered")
      : null;
  if (unregistered && !policy.gpp) throw unregistered;
  let failure = unregistered;
  const list = once(() =>
    bringVendorList(policy.tcf?.vendorList ?? "", true, async (read) => ({ read: read as { readonly vendorListVersion?: unknown }, maker: (await signals()).vendorList(read as object) })),
  );
  const tcf =
    cmpId === undefined
      ? null
      : openTcf({
          cmpId,
          cmpVersion: policy.tcf?.cmpVersion ?? 0,
          read: async (text) => (await strings()).decodeTcString(text),
          vendorList: async () => (await list()).read,
        });
  const gpp = policy.gpp ? openGpp(policy.gpp.cmpId ?? 1) : null;
  let latest = 0;
  let asked = false;

  const follow = async (decision: Decision | null, byHand: boolean): Promise<void> => {
    const turn = ++latest;
    asked ||= decision === null;
    try {
      const next = await state(decision);
      if (turn !== latest) return;
      failure = unregistered;
      const eventStatus = decision === null ? "cmpuishown" : byHand || asked ? "useractioncomplete" : "tcloaded";
      tcf?.update({ gdprApplies: next.gdprApplies, tcString: decision === null ? "" : next.tc, eventStatus, displayStatus: decision === null ? "visible" : "hidden" });
      gpp?.update(next.gpp);
      if (decision === null) gpp?.ask();
    } catch (cause) {
      if (turn !== latest) return;
      failure = isPrivacyError(cause) ? cause : new PrivacyError("signal.invalid", "the signals could not be made", { cause });
      tcf?.fail();
      gpp?.fail(failure.code);
    }
  };

  async function state(decision: Decision | null): Promise<Stored> {
    const vendors = readVendorChoice(gate.policy);
    const gpc = (navigator as { readonly globalPrivacyControl?: boolean }).globalPrivacyControl === true;
    const key = JSON.stringify([policy.version, decision, vendors, gpc, region]);
    const stored = recall(key);
    if (stored) return stored;
    const under = policy.tcf?.vendorList === undefined || cmpId === undefined ? await signals() : (await list()).maker;
    const language = document.documentElement.lang || navigator.language;
    const answers = { decision, gpc, region, language, now: Math.floor(Date.now() / 1_000) };
    const told = under.signals(policy, vendors ? { ...answers, vendors: narrow(vendors) } : answers);
    const parsed = told.gpp === null ? {} : (await strings()).decodeGpp(told.gpp);
    const made: Stored = {
      key,
      gdprApplies: told.tc !== null || (told.withheld["tc"]?.code ?? null) !== null,
      tc: told.tc ?? "",
      gpp: {
        gppString: told.gpp ?? "",
        sectionList: sectionIds(parsed),
        applicableSections: told.applicableSections.length > 0 ? told.applicableSections : [-1],
        parsedSections: parsed as Readonly<Record<string, GppSection>>,
      },
    };
    remember(made);
    return made;
  }

  gate.subscribe((decision) => void follow(decision, true));
  await follow(gate.decision, false);
  return Object.freeze({
    tcf,
    gpp,
    get failure() {
      return failure;
    },
  });
}

function narrow({ disclosed, consents, legitimateInterests }: NonNullable<SignalAnswers["vendors"]>): NonNullable<SignalAnswers["vendors"]> {
  return { disclosed, consents, legitimateInterests };
}

function sectionIds(parsed: Readonly<Record<string, unknown>>): number[] {
  const ids = new Map(supportedSections.map((section) => section.split(":").reverse() as [string, string]));
  return Object.keys(parsed).map((prefix) => Number(ids.get(prefix) ?? prefix));
}

/** The strings that were made for just this; anything else in storage is as good as nothing. */
function recall(key: string): Stored | null {
  try {
    const { key: found, gdprApplies, tc, gpp } = JSON.parse(localStorage.getItem(storageKey) ?? "") as Partial<Stored>;
    const whole = gpp && typeof gpp.gppString === "string" && Array.isArray(gpp.sectionList) && Array.isArray(gpp.applicableSections);
    if (found !== key || typeof gdprApplies !== "boolean" || typeof tc !== "string" || !whole || typeof gpp.parsedSections !== "object") return null;
    return { key, gdprApplies, tc, gpp };
  } catch {
    return null;
  }
}

function remember(made: Stored): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(made));
  } catch {
    // Without storage the strings are made on each page anew.
  }
}

async function fetchPolicy(url: string): Promise<unknown> {
  try {
    const response = await fetch(url, { headers: { accept: "application/json" }, credentials: "same-origin" });
    if (response.ok) return (await response.json()) as unknown;
    throw new PrivacyError("network.failed", `expected the policy at ${url}, found status ${response.status}`);
  } catch (cause) {
    throw cause instanceof PrivacyError ? cause : new PrivacyError("network.failed", "the policy could not be fetched", { cause });
  }
}

/** Calls once, and again after a failure. */
function once<T>(bring: () => Promise<T>): () => Promise<T> {
  let brought: Promise<T> | undefined;
  return () =>
    (brought ??= bring().catch((failure: unknown) => {
      brought = undefined;
      throw failure;
    }));
}
