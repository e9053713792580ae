import { findGate } from "./gate.js";
import type { Decision } from "./lib/decision.js";

export type { Decision } from "./lib/decision.js";

/** Whose stored decision is read. */
export type ConsentManager = "vanilla-cookieconsent" | "klaro" | "tarteaucitron" | "onetrust" | "cookiebot";

/** A decision that another consent manager has stored. */
export interface ForeignDecision {
  /** Whose it is. */
  readonly from: ConsentManager;
  /** When it was made, in seconds since 1970; `null` where that is not stored. */
  readonly at: number | null;
  /** Its categories, groups or services under its own names, and whether each was allowed. */
  readonly choices: Readonly<Record<string, boolean>>;
}

/** Where decisions are stored. */
export interface ForeignSources {
  /** The cookies, as `document.cookie` has them. */
  readonly cookie: string;
  /** Reads from `localStorage`. */
  readonly stored?: (key: string) => string | null;
  /** Cookies or keys that the shop gave names of its own. */
  readonly names?: Readonly<Partial<Record<ConsentManager, string>>>;
}

/** Which of the foreign choices each purpose needs: it is allowed when all of them were. */
export type PurposeMap = Readonly<Record<string, readonly string[]>>;

const names: Readonly<Record<ConsentManager, string>> = {
  "vanilla-cookieconsent": "cc_cookie",
  klaro: "klaro",
  tarteaucitron: "tarteaucitron",
  onetrust: "OptanonConsent",
  cookiebot: "CookieConsent",
};

/** The longest stored text that is read. */
const longest = 16_384;

const readers: Readonly<Record<ConsentManager, (text: string, cookie: (name: string) => string | null) => Omit<ForeignDecision, "from"> | null>> = {
  /** 2.x and 3.x: `{"categories":["necessary","analytics"],"services":{…},"consentTimestamp":"…"}`; only what was accepted is named. */
  "vanilla-cookieconsent"(text) {
    const value = json(text);
    const categories = value?.["categories"];
    if (!Array.isArray(categories) || !categories.every((each) => typeof each === "string")) return null;
    const at = seconds(value?.["lastConsentTimestamp"] ?? value?.["consentTimestamp"] ?? value?.["last_consent_update"] ?? value?.["consent_date"]);
    return { at, choices: Object.fromEntries(categories.map((name) => [name, true])) };
  },
  /** `{"service":true,…}` */
  klaro(text) {
    const entries = Object.entries(json(text) ?? {});
    if (entries.length === 0 || !entries.every(([, allowed]) => typeof allowed === "boolean")) return null;
    return { at: null, choices: Object.fromEntries(entries) as Record<string, boolean> };
  },
  /** `!service=true!other=false`; `wait` is no decision. */
  tarteaucitron(text) {
    const pairs = text.split("!").filter((part) => part !== "").map((part) => part.split("="));
    if (pairs.length === 0 || !pairs.every(([name, value]) => name !== undefined && /^(true|false|wait)$/.test(value ?? ""))) return null;
    const decided = pairs.filter(([, value]) => value !== "wait");
    return decided.length === 0 ? null : { at: null, choices: Object.fromEntries(decided.map(([name = "", value]) => [name, value === "true"])) };
  },
  /** `groups=C0001:1,C0002:0&datestamp=…`; only with the cookie `OptanonAlertBoxClosed` has somebody decided. */
  onetrust(text, cookie) {
    const closed = cookie("OptanonAlertBoxClosed");
    const groups = new URLSearchParams(text).get("groups");
    if (closed === null || groups === null) return null;
    const pairs = groups.split(",").map((part) => part.split(":"));
    if (!pairs.every(([name, value]) => name !== undefined && name !== "" && /^[01]$/.test(value ?? ""))) return null;
    return { at: seconds(closed), choices: Object.fromEntries(pairs.map(([name = "", value]) => [name, value === "1"])) };
  },
  /** `{stamp:'…',necessary:true,preferences:false,…,method:'explicit',utc:1699999999999}`; anything but an explicit choice is none. */
  cookiebot(text) {
    if (!/^\{.*\}$/s.test(text) || !/[{,]method:'explicit'/.test(text)) return null;
    const choices = Object.fromEntries([...text.matchAll(/[{,](necessary|preferences|statistics|marketing):(true|false)(?=[,}])/g)].map(([, name = "", value]) => [name, value === "true"]));
    const utc = /[{,]utc:(\d{10,14})(?=[,}])/.exec(text)?.[1];
    return Object.keys(choices).length < 4 ? null : { at: utc === undefined ? null : seconds(Number(utc)), choices };
  },
};

/** The decisions of other consent managers that are stored here; what is not of their form is left out. It never throws. */
export function foreignDecisions({ cookie, stored = () => null, names: own = {} }: ForeignSources): readonly ForeignDecision[] {
  const jar = (name: string): string | null => {
    const found = cookie.split("; ").find((pair) => pair.startsWith(`${name}=`));
    return found === undefined ? null : decoded(found.slice(name.length + 1));
  };
  return (Object.keys(readers) as ConsentManager[]).flatMap((from) => {
    const name = own[from] ?? names[from];
    const kept = stored(name);
    // Klaro encodes what it stores as it does for cookies.
    for (const text of [jar(name), kept, kept === null ? null : decoded(kept)]) {
      const found = text === null || text.length > longest ? null : readers[from](text, jar);
      if (found !== null) return [{ from, ...found }];
    }
    return [];
  });
}

/**
 * Takes over what a visitor has decided with another consent manager, where nothing is decided here yet, so that nobody is asked
 * twice. `map` says for every purpose which of the other's choices it needs; a purpose that it does not name is asked for anew, with
 * all others. The decision keeps its own date where there is one, from which periods for asking again count.
 *
 * A consent carries over only if what was asked then is what the policy says now: that is for the shop to judge.
 *
 * Gives the decision that now holds, or `null` where there was nothing to take over. Throws nothing.
 */
export function takeOver(map: PurposeMap, sources?: ForeignSources): Decision | null {
  const gate = findGate();
  if (gate?.decision !== null || gate.purposes.some((purpose) => (map[purpose]?.length ?? 0) === 0)) return null;
  const found = foreignDecisions(sources ?? here())[0];
  if (found === undefined) return null;
  const granted = gate.purposes.filter((purpose) => map[purpose]?.every((choice) => found.choices[choice] === true));
  const at = Math.min(found.at ?? Infinity, Math.floor(Date.now() / 1_000));
  try {
    localStorage.setItem("sp-consent", JSON.stringify({ v: 1, policy: gate.policy, at, granted } satisfies Decision));
    // The gate reads what is stored when another page has changed it: so does this one.
    dispatchEvent(new StorageEvent("storage", { key: "sp-consent" }));
  } catch {
    gate.decide(granted);
  }
  return gate.decision;
}

function here(): ForeignSources {
  return {
    cookie: document.cookie,
    stored(key) {
      try {
        return localStorage.getItem(key);
      } catch {
        return null;
      }
    },
  };
}

function json(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Seconds since 1970 of a date, if it is one that has come. */
function seconds(value: unknown): number | null {
  const milliseconds = typeof value === "number" ? value : typeof value === "string" ? Date.parse(value) : NaN;
  return Number.isFinite(milliseconds) && milliseconds > 0 && milliseconds <= Date.now() + 86_400_000 ? Math.floor(milliseconds / 1_000) : null;
}
