import { publish } from "./relay.js";
import { tellString, tellStringInApp, type ReadTcString } from "./tcf-data.js";
import type { DisplayStatus, TCData, TcfCmpStatus, TcfEventStatus, TcfPing } from "./tcf-types.js";

/** What the interface needs of the page. */
export interface TcfOptions {
  /** The id that IAB Europe registered. */
  readonly cmpId: number;
  /** The version of the shop's consent management. */
  readonly cmpVersion: number;
  /** Reads a TC string; it is asked when the first listener wants to know what a string says. */
  readonly read: (tcString: string) => Promise<ReadTcString>;
  /** Brings the vendor list that is in use. */
  readonly vendorList: () => Promise<{ readonly vendorListVersion?: unknown }>;
}

/** Where a visitor stands. */
export interface TcfState {
  /** Whether the framework applies to this visit. */
  readonly gdprApplies: boolean;
  /** The TC string; empty before a decision. */
  readonly tcString: string;
  /** What listeners are told it is. */
  readonly eventStatus: TcfEventStatus;
  /** Whether the visitor is being asked. */
  readonly displayStatus: DisplayStatus;
}

/** The interface's other side: the page tells it where the visitor stands. */
export interface TcfApi {
  /** Tells all listeners of a new state. */
  update(state: TcfState): void;
  /** No string can be given: `ping` says so, and listeners are told that nothing can be told. */
  fail(): void;
}

type Callback = (value: unknown, success: boolean) => void;
type Call = readonly [command?: unknown, version?: unknown, callback?: unknown, parameter?: unknown];

/** Puts `__tcfapi` on the page, in the stub's place, and answers what the stub has kept. */
export function openTcf({ cmpId, cmpVersion, read, vendorList }: TcfOptions): TcfApi {
  const listeners = new Map<number, Callback>();
  let lastId = 0;
  let state: TcfState | undefined;
  let cmpStatus: TcfCmpStatus = "loading";
  let string: Promise<ReadTcString | null> | undefined;
  let known: ReadTcString | null = null;
  let waiting: (() => void)[] = [];

  const commands: Readonly<Record<string, (callback: Callback, parameter: unknown) => void>> = {
    ping: (callback) => callback(ping(), true),
    addEventListener(callback) {
      const id = ++lastId;
      listeners.set(id, callback);
      if (cmpStatus !== "loading") void tell(id);
    },
    removeEventListener: (callback, id) => callback(listeners.delete(id as number), true),
    getVendorList(callback, version) {
      vendorList().then(
        (list) => {
          const fits = version === undefined || version === null || version === "LATEST" || version === list.vendorListVersion;
          safely(callback, fits ? list : null, fits);
        },
        () => safely(callback, null, false),
      );
    },
    getTCData: (callback, ids) => whenKnown(callback, ids, tellString),
    getInAppTCData: (callback, ids) => whenKnown(callback, ids, tellStringInApp),
  };

  function ping(): TcfPing {
    const policy = known && { gvlVersion: known.vendorListVersion, tcfPolicyVersion: known.policyVersion };
    const displayStatus = state?.displayStatus ?? "hidden";
    return { gdprApplies: state?.gdprApplies, cmpLoaded: true, cmpStatus, displayStatus, apiVersion: "2.2", cmpVersion, cmpId, ...policy };
  }

  /** What the state's string says, read once. */
  function say(): Promise<ReadTcString | null> {
    const text = state?.tcString ?? "";
    string ??= text === "" || state?.gdprApplies === false ? Promise.resolve(unsaid) : read(text).catch(() => null);
    return string.then((found) => (known = found));
  }

  async function tell(id: number): Promise<void> {
    const at = state;
    const found = at && (await say());
    const callback = listeners.get(id);
    // A state that came meanwhile has been told to this listener by itself.
    if (callback === undefined || at !== state) return;
    if (found && at) safely(callback, { ...data(at, tellString(found, undefined)), listenerId: id }, true);
    else safely(callback, null, false);
  }

  function whenKnown(callback: Callback, ids: unknown, how: (read: ReadTcString, only: readonly number[] | undefined) => object): void {
    const only = ids ?? undefined;
    if (only !== undefined && !(Array.isArray(only) && only.every(Number.isInteger))) {
      callback(null, false);
      return;
    }
    if (cmpStatus === "loading") {
      waiting.push(() => whenKnown(callback, ids, how));
      return;
    }
    const at = state;
    void (at ? say() : Promise.resolve(null)).then((found) =>
      found && at ? safely(callback, data(at, how(found, only as readonly number[] | undefined)), true) : safely(callback, null, false),
    );
  }

  function data({ gdprApplies, tcString, eventStatus }: TcfState, said: object): TCData {
    const head = { cmpId, cmpVersion, gdprApplies, tcfPolicyVersion: known?.policyVersion, eventStatus, cmpStatus };
    return gdprApplies ? { ...head, tcString, ...said } : head;
  }

  function settle(next: TcfState | undefined, status: TcfCmpStatus): void {
    state = next;
    cmpStatus = status;
    string = undefined;
    for (const id of [...listeners.keys()]) void tell(id);
    for (const ask of waiting.splice(0)) ask();
    waiting = [];
  }

  const answer = (...[command, version, callback, parameter]: Call): void => {
    if (typeof callback !== "function") return;
    const reply = callback as Callback;
    const run = typeof command === "string" && Object.hasOwn(commands, command) ? commands[command] : undefined;
    if (run === undefined || !(version === undefined || version === null || Number(version) === 2)) safely(reply, null, false);
    else run((value, success) => safely(reply, value, success), parameter);
  };
  takeOver(answer);
  return { update: (next) => settle(next, "loaded"), fail: () => settle(undefined, "error") };
}

/** A string that was never written: nothing is granted. */
const unsaid: ReadTcString = {
  policyVersion: 5,
  vendorListVersion: 0,
  isServiceSpecific: true,
  useNonStandardTexts: false,
  purposeOneTreatment: false,
  publisherCountryCode: "AA",
  specialFeatureOptIns: [],
  purposeConsents: [],
  purposeLegitimateInterests: [],
  vendorConsents: [],
  vendorLegitimateInterests: [],
  vendorsDisclosed: [],
  publisherRestrictions: [],
  publisherTc: null,
};

/** A caller's own failure is its own: it is reported, and the next caller is answered. */
function safely(callback: Callback, value: unknown, success: boolean): void {
  try {
    callback(value, success);
  } catch (cause) {
    reportError(cause);
  }
}

/** A stub gives its queue when it is called without arguments; it listens for messages already, and asks whoever is there. */
function takeOver(answer: (...call: Call) => void): void {
  const holder = window as unknown as { __tcfapi?: (...call: Call) => unknown };
  let queue: unknown;
  try {
    queue = holder.__tcfapi?.();
  } catch {
    // Another manager's function that cannot be called so is no stub.
  }
  holder.__tcfapi = answer;
  if (!Array.isArray(queue)) publish("__tcfapi", (call, reply) => holder.__tcfapi?.(call.command, call.version, reply, call.parameter));
  else for (const call of queue.splice(0)) if (Array.isArray(call)) answer(...(call as unknown as Call));
}
