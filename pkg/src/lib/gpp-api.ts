import { supportedSections } from "./gpp-sections.js";
import type { GppEvent, GppFields, GppPing, GppSection } from "./gpp-types.js";
import { publish } from "./relay.js";

/** Where a visitor stands. */
export interface GppState {
  /** The GPP string; empty where none applies or none was decided. */
  readonly gppString: string;
  /** The ids of its sections. */
  readonly sectionList: readonly number[];
  /** The sections that apply to this visit; `[-1]` where none does. */
  readonly applicableSections: readonly number[];
  /** What its sections say, by prefix. */
  readonly parsedSections: Readonly<Record<string, GppSection>>;
}

/** The interface's other side: the page tells it where the visitor stands. */
export interface GppApi {
  /** The visitor is being asked: what stands may change. */
  ask(): void;
  /** Tells all listeners of a new state. */
  update(state: GppState): void;
  /** No string can be given: `ping` and an `error` event say so. */
  fail(why: string): void;
}

type Callback = (value: unknown, success: boolean) => void;
type Call = readonly [command?: unknown, callback?: unknown, parameter?: unknown, version?: unknown];
interface Kept {
  readonly id: number;
  readonly callback: unknown;
}

/** Puts `__gpp` on the page, in the stub's place; takes over its listeners and answers what it has kept. */
export function openGpp(cmpId: number): GppApi {
  const listeners = new Map<number, Callback>();
  let lastId = 0;
  let ping: GppPing = {
    gppVersion: "1.1",
    cmpStatus: "loading",
    cmpDisplayStatus: "hidden",
    signalStatus: "not ready",
    supportedAPIs: [...supportedSections],
    cmpId,
    sectionList: [],
    applicableSections: [],
    gppString: "",
    parsedSections: {},
  };

  const event = (eventName: GppEvent["eventName"], listenerId: number, data: boolean | string): GppEvent => ({ eventName, listenerId, data, pingData: structuredClone(ping) });
  const fire = (eventName: GppEvent["eventName"], data: string): void => {
    for (const [id, callback] of [...listeners]) safely(callback, event(eventName, id, data), true);
  };
  /** Changes what `ping` says, and tells of it where it is another. */
  const set = <K extends "cmpStatus" | "cmpDisplayStatus" | "signalStatus">(name: K, value: GppPing[K]): void => {
    if (ping[name] === value) return;
    ping = { ...ping, [name]: value };
    fire(name, value);
  };

  const commands: Readonly<Record<string, (callback: Callback, parameter: unknown) => void>> = {
    ping: (callback) => callback(structuredClone(ping), true),
    addEventListener(callback) {
      const id = ++lastId;
      listeners.set(id, callback);
      callback(event("listenerRegistered", id, true), true);
    },
    removeEventListener: (callback, id) => callback(event("listenerRemoved", id as number, listeners.delete(id as number)), true),
    hasSection: (callback, name) => (isName(name) ? callback(section(name) !== null, true) : callback(null, false)),
    // What TCF says goes through its own listeners alone since 2.2.
    getSection: (callback, name) => give(callback, isName(name) && name !== "tcfeuv2" ? section(name) : null),
    getField(callback, name) {
      const [prefix = "", field = "", ...more] = isName(name) ? name.split(".") : [];
      const found = prefix === "tcfeuv2" || field === "" || more.length > 0 ? null : section(prefix);
      const parts = (Array.isArray(found) ? found : [found]) as readonly (GppFields | null)[];
      const part = parts.find((each) => each !== null && Object.hasOwn(each, field));
      give(callback, part?.[field] ?? null);
    },
  };

  function section(name: string): GppSection | null {
    // A version may follow the prefix (`usnat.1`): the section that is there has one version.
    const [prefix = "", version] = name.split(".");
    const found = Object.hasOwn(ping.parsedSections, prefix) ? ping.parsedSections[prefix] : undefined;
    if (found === undefined) return null;
    const own = (Array.isArray(found) ? (found as readonly GppFields[])[0] : (found as GppFields))?.["Version"];
    return version === undefined || Number(version) === own ? found : null;
  }

  const answer = (...[command, callback, parameter]: Call): void => {
    if (typeof callback !== "function") return;
    const reply = callback as Callback;
    const run = typeof command === "string" && Object.hasOwn(commands, command) ? commands[command] : undefined;
    if (run === undefined) safely(reply, null, false);
    else run((value, success) => safely(reply, value, success), parameter);
  };
  takeOver(answer, ({ id, callback }) => {
    lastId = Math.max(lastId, id);
    if (typeof callback === "function") listeners.set(id, (value, success) => safely(callback as Callback, value, success));
  });

  return {
    ask() {
      set("cmpStatus", "loaded");
      set("cmpDisplayStatus", "visible");
      set("signalStatus", "not ready");
    },
    update(state) {
      const before = ping;
      const changed = Object.keys({ ...before.parsedSections, ...state.parsedSections }).filter(
        (name) => JSON.stringify(before.parsedSections[name]) !== JSON.stringify(state.parsedSections[name]),
      );
      const known = before.signalStatus === "ready" || before.cmpDisplayStatus === "visible";
      if (changed.length > 0 && known) set("signalStatus", "not ready");
      ping = { ...ping, ...structuredClone(state) };
      set("cmpStatus", "loaded");
      if (known) for (const name of changed) fire("sectionChange", name);
      set("cmpDisplayStatus", "hidden");
      set("signalStatus", "ready");
    },
    fail(why) {
      set("cmpStatus", "error");
      fire("error", why);
    },
  };
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function give(callback: Callback, value: unknown): void {
  callback(value === null ? null : structuredClone(value), value !== null);
}

/** A caller's own failure is its own: it is reported, and the next caller is answered. */
function safely(callback: Callback, value: unknown, success: boolean): void {
  try {
    callback(value, success);
  } catch (cause) {
    reportError(cause);
  }
}

/** A stub gives its queue when it is called without arguments, and its listeners for `events`; it relays messages already. */
function takeOver(answer: (...call: Call) => void, keep: (listener: Kept) => void): void {
  const holder = window as unknown as { __gpp?: (...call: Call) => unknown };
  let queue: unknown;
  let events: unknown;
  try {
    queue = holder.__gpp?.();
    events = holder.__gpp?.("events");
  } catch {
    // Another manager's function that cannot be called so is no stub.
  }
  holder.__gpp = answer;
  if (Array.isArray(events)) for (const listener of events) if (Number.isInteger((listener as Kept | null)?.id)) keep(listener as Kept);
  if (!Array.isArray(queue)) publish("__gpp", (call, reply) => holder.__gpp?.(call.command, reply, call.parameter, call.version));
  else for (const call of queue.splice(0)) if (Array.isArray(call)) answer(...(call as unknown as Call));
}
