import type { Gate } from "./lib/gate.js";

export { findGate, gate } from "./gate.js";
export type { Gate } from "./lib/gate.js";

/** The consent types of Google Consent Mode v2. */
export type GoogleConsentType =
  | "ad_storage"
  | "ad_user_data"
  | "ad_personalization"
  | "analytics_storage"
  | "functionality_storage"
  | "personalization_storage"
  | "security_storage";

/** Purposes that all have to be granted; none: always granted. */
export type Purposes = readonly string[];

/** Which vendors are told, and what the shop's purposes mean to them. A vendor that is not named is not touched. */
export interface BridgeConfig {
  /** Google Consent Mode v2. A type that is not named is denied. */
  readonly google?: {
    /** The purposes of each type. */
    readonly types: Readonly<Partial<Record<GoogleConsentType, Purposes>>>;
    /** Where the default is denied by name, ISO 3166-2; elsewhere it is what the gate allows. */
    readonly regions?: readonly string[];
    /** How long tags wait for the update, in milliseconds; 500 where left out. */
    readonly wait?: number;
    /** `ads_data_redaction`: no ad click identifiers while `ad_storage` is denied. */
    readonly redact?: boolean;
    /** `url_passthrough`: ad click information goes on in the page's addresses. */
    readonly passthrough?: boolean;
  };
  /** Microsoft UET. */
  readonly uet?: Purposes;
  /** Microsoft Clarity. */
  readonly clarity?: { readonly ads: Purposes; readonly analytics: Purposes };
  /** The Meta pixel. */
  readonly meta?: Purposes;
  /** The TikTok pixel. */
  readonly tiktok?: Purposes;
  /** Shopify's Customer Privacy API. */
  readonly shopify?: { readonly marketing: Purposes; readonly analytics: Purposes; readonly preferences: Purposes; readonly sale: Purposes };
}

const types: readonly GoogleConsentType[] = [
  "ad_storage",
  "ad_user_data",
  "ad_personalization",
  "analytics_storage",
  "functionality_storage",
  "personalization_storage",
  "security_storage",
];

type Callable = (...args: unknown[]) => unknown;
type Vendors = Record<string, unknown> & { dataLayer?: unknown[]; uetq?: unknown[]; ttq?: unknown[] & Record<string, unknown> };

/**
 * Tells vendors what the gate allows: what is denied before any of their tags runs, so call it before them, and every change after
 * that. Nothing is loaded: the vendors' scripts are the shop's, and wait in the gate unless the shop lets them run with what is denied
 * ("advanced" consent mode). Gives what ends it.
 */
export function connect(gate: Gate, config: BridgeConfig): () => void {
  const page = globalThis as unknown as Vendors;
  const granted = (purposes: Purposes | undefined): boolean => purposes?.every((purpose) => gate.allows(purpose)) ?? false;
  const word = (purposes: Purposes | undefined): "granted" | "denied" => (granted(purposes) ? "granted" : "denied");
  const updates: (() => void)[] = [];

  if (config.google) {
    const { types: of, regions, wait = 500, redact, passthrough } = config.google;
    const layer = (page.dataLayer ??= []);
    // Google's tag tells a command from data by its being an `arguments` object.
    const gtag: (...words: unknown[]) => void = function () {
      // eslint-disable-next-line prefer-rest-params -- see above
      layer.push(arguments);
    };
    const states = (): object => Object.fromEntries(types.map((type) => [type, word(of[type])]));
    const denied = Object.fromEntries(types.map((type) => [type, of[type]?.length === 0 ? "granted" : "denied"]));
    gtag("consent", "default", { ...denied, ...(regions && { region: regions }), wait_for_update: wait });
    // Without a default of its own the rest of the world would be granted everything.
    if (regions) gtag("consent", "default", { ...states(), wait_for_update: wait });
    if (redact) gtag("set", "ads_data_redaction", true);
    if (passthrough) gtag("set", "url_passthrough", true);
    updates.push(() => gtag("consent", "update", states()));
  }

  if (config.uet) {
    const purposes = config.uet;
    const queue = (page.uetq ??= []);
    queue.push("consent", "default", { ad_storage: "denied" });
    updates.push(() => (page.uetq ?? queue).push("consent", "update", { ad_storage: word(purposes) }));
  }

  if (config.clarity) {
    const { ads, analytics } = config.clarity;
    page["clarity"] ??= queued();
    const tell = (ad: string, count: string): unknown => (page["clarity"] as Callable)("consentv2", { ad_Storage: ad, analytics_Storage: count });
    tell("denied", "denied");
    updates.push(() => tell(word(ads), word(analytics)));
  }

  if (config.meta) {
    const purposes = config.meta;
    before(page, "fbq", (fbq) => {
      if (!granted(purposes)) fbq("consent", "revoke");
    });
    updates.push(() => {
      if (typeof page["fbq"] === "function") (page["fbq"] as Callable)("consent", granted(purposes) ? "grant" : "revoke");
    });
  }

  if (config.tiktok) {
    const purposes = config.tiktok;
    const queue = (page.ttq ??= [] as unknown as NonNullable<Vendors["ttq"]>);
    queue.push(["holdConsent"]);
    updates.push(() => {
      const verb = granted(purposes) ? "grantConsent" : "revokeConsent";
      const loaded = page.ttq?.[verb];
      if (typeof loaded === "function") Reflect.apply(loaded as Callable, page.ttq, []);
      else page.ttq?.push([verb]);
    });
  }

  if (config.shopify) {
    const { marketing, analytics, preferences, sale } = config.shopify;
    updates.push(() => {
      const shopify = page["Shopify"] as { customerPrivacy?: { setTrackingConsent: Callable }; loadFeatures?: Callable } | undefined;
      const tell = (): unknown =>
        shopify?.customerPrivacy?.setTrackingConsent({ marketing: granted(marketing), analytics: granted(analytics), preferences: granted(preferences), sale_of_data: granted(sale) }, () => undefined);
      if (shopify?.customerPrivacy) tell();
      else shopify?.loadFeatures?.([{ name: "consent-tracking-api", version: "0.1" }], (failure: unknown) => failure ?? tell());
    });
  }

  const tell = (): void => {
    for (const update of updates) update();
  };
  // Who has not decided has changed nothing, unless the region lets them object.
  if (gate.decision !== null || gate.model === "opt-out") tell();
  return gate.subscribe(tell);
}

/** A vendor's queue, until its script takes the place of it. */
function queued(): Callable {
  const stub = Object.assign(
    function () {
      // eslint-disable-next-line prefer-rest-params -- the vendor's own snippet queues `arguments`
      stub.q.push(arguments);
    },
    { q: [] as unknown[] },
  );
  return stub;
}

/** Says something to a vendor's function before anybody else does: the vendor's own snippet would not run if it were there already. */
function before(page: Vendors, name: string, say: (call: Callable) => void): void {
  const guard = (call: Callable): Callable => {
    let said = false;
    return new Proxy(call, {
      apply: (target, self, args: unknown[]) => {
        if (!said) {
          said = true;
          say(target);
        }
        return target.apply(self, args);
      },
    });
  };
  if (typeof page[name] === "function") {
    say(page[name] as Callable);
    return;
  }
  let value: unknown;
  Object.defineProperty(page, name, {
    configurable: true,
    enumerable: true,
    get: () => value,
    set: (given: unknown) => {
      value = typeof given === "function" ? guard(given as Callable) : given;
    },
  });
}
