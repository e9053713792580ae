import type { Key, Manifest, PaymentGlue, Roots, Sealer, SealingGlue } from "../glue/payment.js";
import type { Core } from "../lib/core.js";
import { PrivacyError, type PrivacyErrorCode } from "../lib/error.js";
import { SealingModule, type Family, type LoadFamily } from "../lib/payment/family.js";
import { newestOf, remember } from "../lib/payment/newest.js";
import { pinned } from "../lib/payment/roots.js";

/** A card as a shopper enters it. None of it is kept, and none of it is ever put in an error. */
export interface Card {
  /** The number, with or without spaces. */
  readonly number: string;
  /** The expiry date, as `MM / YY` or `MM/YYYY`. */
  readonly expiry: string;
  /** The security code. */
  readonly code: string;
  /** The name on the card. */
  readonly name: string;
  /** The network that the shopper chose among {@link NumberFormat.choices}, such as `cartes-bancaires`; none where left out. */
  readonly network?: string | undefined;
}

/** A field of the card form. */
export type CardField = "number" | "expiry" | "code" | "name";

/** What is wrong with one field of a card. */
export interface FieldProblem {
  /** Which field. */
  readonly field: CardField;
  /** What is wrong with it. */
  readonly code: PrivacyErrorCode;
}

/** A card number while it is typed. */
export interface NumberFormat {
  /** The text in the groups of its brand. */
  readonly text: string;
  /** Where the caret belongs in that text, in UTF-16 units. */
  readonly caret: number;
  /** The brand that the first digits tell, such as `visa`; `null` while they tell none. */
  readonly brand: string | null;
  /** The networks to let the shopper choose between, where the card belongs to more than one: such as `cartes-bancaires` and `visa`. */
  readonly choices: readonly string[];
  /** Whether it has as many digits as its brand has at least. */
  readonly complete: boolean;
  /** Whether it is complete and its check digit is right. */
  readonly valid: boolean;
  /** How many digits there are. */
  readonly digits: number;
  /** How many digits the security code of this brand has. */
  readonly codeLength: number;
}

/** An expiry date while it is typed. */
export interface ExpiryFormat {
  /** The text as `MM / YY`. */
  readonly text: string;
  /** Where the caret belongs in that text, in UTF-16 units. */
  readonly caret: number;
  /** Whether month and year are there. */
  readonly complete: boolean;
}

/** What is paid: bound into the envelope, so that it opens for this order and no other. */
export interface Order {
  /** The shop's name for the order. */
  readonly id: string;
  /** The amount in the currency's minor unit: 1999 for 19.99 EUR. */
  readonly amount: bigint | number;
  /** The currency, as its ISO 4217 letters. */
  readonly currency: string;
}

/** Where an order goes; the names are those of the W3C's `PaymentAddress`. */
export interface Address {
  /** Who gets it. */
  readonly recipient: string;
  /** One to four lines: street, house, floor. */
  readonly addressLine: readonly string[];
  /** The city. */
  readonly city: string;
  /** The state, province or prefecture. */
  readonly region?: string | undefined;
  /** The postal code. */
  readonly postalCode?: string | undefined;
  /** The country's two capital letters. */
  readonly country: string;
  /** A telephone number for the carrier. */
  readonly phone?: string | undefined;
}

/** A root's public key: a JWK for ES256 on P-256. */
export interface RootKey {
  /** `EC` */
  readonly kty: string;
  /** `P-256` */
  readonly crv: string;
  /** A coordinate in base64url. */
  readonly x: string;
  /** A coordinate in base64url. */
  readonly y: string;
  /** The key's name. */
  readonly kid: string;
  /** `ES256` */
  readonly alg: string;
  /** `sig` */
  readonly use: string;
}

/** For which page keys are to be trusted. */
export interface TrustOptions {
  /** The merchant's name at the processor. */
  readonly merchant: string;
  /** The origin of the shop; this page's own where left out. */
  readonly origin?: string | undefined;
  /** What time it is, in milliseconds since 1970; now where left out. */
  readonly now?: number | undefined;
  /** The highest sequence number that was seen; what this page remembers where left out. */
  readonly newest?: number | undefined;
}

/** Who opens an envelope: the payment processor gets the card, the carrier the address. */
export type RecipientName = "processor" | "carrier";

/** Keys whose manifest a pinned root has signed. Only {@link Payment.trust} makes them. */
export class TrustedKeys {
  readonly #manifest: Manifest;
  /** The merchant. */
  readonly merchant: string;
  /** The origin of the shop. */
  readonly origin: string;
  /** The manifest's number: a later one has a higher one. */
  readonly sequence: number;
  /** Until when the keys can be used, in milliseconds since 1970. */
  readonly expires: number;

  /** Not for shops. */
  constructor(manifest: Manifest, merchant: string, origin: string) {
    this.#manifest = manifest;
    this.merchant = merchant;
    this.origin = origin;
    this.sequence = manifest.sequence;
    this.expires = manifest.expires * 1000;
    Object.freeze(this);
  }

  /** Not for shops: what `seal` takes the key from. */
  static manifest(keys: TrustedKeys): Manifest {
    return keys.#manifest;
  }
}

/** How a sealed card is written. */
export interface SealOptions {
  /** A compact JWE where left out; or its flattened or general JSON serialisation. */
  readonly serialization?: "compact" | "flattened" | "general" | undefined;
}

/** The parts of a card, each in an envelope of its own, named as Adyen names them. */
export interface FieldEnvelopes {
  /** The number. */
  readonly encryptedCardNumber: string;
  /** The month, `01` to `12`. */
  readonly encryptedExpiryMonth: string;
  /** The year, four digits. */
  readonly encryptedExpiryYear: string;
  /** The security code; absent where the card has none. */
  readonly encryptedSecurityCode?: string | undefined;
}

/** How a card is checked. */
export interface CheckOptions {
  /** The brands that the shop takes, such as `visa`; all known ones where left out or empty. */
  readonly accepted?: readonly string[] | undefined;
  /** What time it is, in milliseconds since 1970; now where left out. */
  readonly now?: number | undefined;
}

/** The verbs of the payment capability, once it is loaded. */
export interface Payment {
  /** Groups the digits of a card number while it is typed; `caret` is where the caret is, in UTF-16 units. */
  format(text: string, caret: number): NumberFormat;
  /** Puts the slash into an expiry date while it is typed. */
  formatExpiry(text: string, caret: number): ExpiryFormat;
  /** What is wrong with a card: an empty list when it can be sealed. */
  check(card: Card, options?: CheckOptions): readonly FieldProblem[];
  /** The last four digits of a whole card number, as a receipt shows them; throws what is wrong with anything else. */
  lastFour(number: string): string;
  /** The brands that are told apart, such as `visa`. */
  brands(): readonly string[];
  /**
   * Verifies a manifest of keys against the roots that `load({ roots })` has pinned, for this merchant and origin.
   *
   * Throws `payment.roots-refused` without roots, `payment.key-unsigned`, `payment.key-invalid`,
   * `payment.key-mismatch`, `payment.key-expired`, or `payment.key-replaced` for one older than what this page has seen.
   */
  trust(manifest: string, options: TrustOptions): TrustedKeys;
  /** The name and the algorithm of the key that is in force for a recipient, and the module that seals for it; throws `payment.key-expired`, `payment.key-unsupported`. */
  keyOf(keys: TrustedKeys, recipient?: RecipientName): { readonly kid: string; readonly alg: string; readonly module: "payment" | Family };
  /**
   * Seals a card for the processor: the shop's server forwards the envelope, a compact JWE, and cannot open it.
   * What the key's algorithm needs beside this module is loaded when it is asked for.
   *
   * Rejects with `payment.key-expired`, `payment.key-unsupported`, `payment.seal-failed`, what loading rejects with, or what
   * {@link Payment.check} would find.
   */
  seal(card: Card, order: Order, keys: TrustedKeys, options?: SealOptions): Promise<string>;
  /** Seals an address for the carrier's key, of ECDH-ES: neither the processor nor the shop's server can open it. Rejects as {@link Payment.seal}. */
  sealAddress(address: Address, order: Order, keys: TrustedKeys, options?: SealOptions): Promise<string>;
  /** Seals each part of a card by itself, as Adyen's fields are, for a key of `RSA-OAEP-256`. Rejects as {@link Payment.seal}. */
  sealFields(card: Card, order: Order, keys: TrustedKeys): Promise<FieldEnvelopes>;
}

/** Puts the verbs over the running module. */
export function open(core: Core<PaymentGlue>, family: LoadFamily): Payment {
  let roots: Roots | undefined;
  let rootsText: string | undefined;

  // To make an RSA key ready takes about a quarter of a seal: the last key's sealer is kept, until something fails.
  let ready: { readonly core: Core<SealingGlue>; readonly key: string; readonly sealer: Sealer } | undefined;

  /** Runs a verb over a sealer for the key that is in force, in the module that the key asks for. */
  async function sealing<T>(keys: TrustedKeys, recipient: RecipientName, verb: (sealer: Sealer) => T): Promise<T> {
    const { module, jwk } = pick(keys, recipient);
    const key = [jwk, keys.merchant, keys.origin].join("\n");
    if (ready?.key !== key) {
      const from: Core<SealingGlue> = module === "payment" ? core : SealingModule.core(await family(module as Family));
      ready = { core: from, key, sealer: from.call((rust) => new rust.Sealer(jwk, keys.merchant, keys.origin)) };
    }
    const { core: holder, sealer } = ready;
    try {
      return holder.call(() => verb(sealer), true);
    } catch (failure) {
      ready = undefined;
      throw failure;
    }
  }

  function pick(keys: TrustedKeys, recipient: RecipientName): Omit<Key, "free"> {
    return core.call(() => {
      const key = TrustedKeys.manifest(keys).key(recipient, Date.now());
      const { kid, alg, module, jwk } = key;
      key.free();
      return { kid, alg, module, jwk };
    });
  }

  const payment: Payment & { [pinned](text: string): void } = {
    [pinned](text) {
      if (rootsText === text) return;
      if (rootsText !== undefined) throw new PrivacyError("payment.roots-refused", "this page has pinned other roots");
      roots = core.call((rust) => new rust.Roots(text));
      rootsText = text;
    },
    format(text, caret) {
      return core.call((rust) => {
        const view = rust.format(text, caret);
        const { text: grouped, caret: moved, brand = null, choices, complete, valid, digits, codeLength } = view;
        view.free();
        return Object.freeze({ text: grouped, caret: moved, brand, choices, complete, valid, digits, codeLength });
      });
    },
    formatExpiry(text, caret) {
      return core.call((rust) => {
        const view = rust.formatExpiry(text, caret);
        const { text: formatted, caret: moved, complete } = view;
        view.free();
        return Object.freeze({ text: formatted, caret: moved, complete });
      });
    },
    check({ number, expiry, code, name }, { accepted = [], now = Date.now() } = {}) {
      return core.call((rust) => {
        return Object.freeze(rust.checkCard(number, expiry, code, name, now, [...accepted]).map(readProblem));
      });
    },
    lastFour: (number) => core.call((rust) => rust.lastFour(number)),
    brands: () => core.call((rust) => Object.freeze(rust.brandNames())),
    trust(manifest, { merchant, origin = globalThis.location?.origin ?? "", now = Date.now(), newest = newestOf(merchant) }) {
      if (!roots) throw new PrivacyError("payment.roots-refused", "expected load({ roots }) before keys can be trusted");
      const from = roots;
      const keys = core.call(() => new TrustedKeys(from.verify(manifest, merchant, origin, now, newest), merchant, origin));
      remember(merchant, keys.sequence);
      return keys;
    },
    keyOf(keys, recipient = "processor") {
      const { kid, alg, module } = pick(keys, recipient);
      return Object.freeze({ kid, alg, module: module as "payment" | Family });
    },
    async seal({ number, expiry, code, name, network = "" }, { id, amount, currency }, keys, { serialization = "compact" } = {}) {
      const minor = minorUnits(amount);
      return sealing(keys, "processor", (sealer) => sealer.seal(number, expiry, code, name, id, minor, currency, Date.now(), serialization, network));
    },
    async sealAddress(address, { id, amount, currency }, keys, { serialization = "compact" } = {}) {
      const minor = minorUnits(amount);
      const { recipient, city, region = "", postalCode = "", country, phone = "", addressLine } = address;
      const parts = [recipient, city, region, postalCode, country, phone, ...addressLine];
      return sealing(keys, "carrier", (sealer) => {
        const sealed = sealer.sealAddress?.(parts, id, minor, currency, Date.now(), serialization);
        if (sealed === undefined) throw new PrivacyError("payment.key-unsupported", "expected a carrier's key for ECDH-ES");
        return sealed;
      });
    },
    async sealFields({ number, expiry, code, name }, { id, amount, currency }, keys) {
      const minor = minorUnits(amount);
      const sealed = await sealing(keys, "processor", (sealer) => {
        const parts = sealer.sealFields?.(number, expiry, code, name, id, minor, currency, Date.now());
        if (!parts) throw new PrivacyError("payment.key-unsupported", "expected a key for RSA-OAEP-256 to seal each field for");
        return parts;
      });
      const envelopes: Record<string, string> = {};
      for (const [at, name] of sealed.entries()) {
        const envelope = sealed[at + 1];
        if (at % 2 === 0 && envelope !== undefined) envelopes[fieldNames[name as keyof typeof fieldNames]] = envelope;
      }
      return Object.freeze(envelopes) as unknown as FieldEnvelopes;
    },
  };
  Object.defineProperty(payment, pinned, { enumerable: false });
  return Object.freeze(payment);
}

/** Adyen's names of the parts of a card. */
const fieldNames = {
  number: "encryptedCardNumber",
  expiryMonth: "encryptedExpiryMonth",
  expiryYear: "encryptedExpiryYear",
  cvc: "encryptedSecurityCode",
} as const;

/** The core names a problem as `field:code`. */
function readProblem(problem: string): FieldProblem {
  const colon = problem.indexOf(":");
  return Object.freeze({ field: problem.slice(0, colon) as CardField, code: problem.slice(colon + 1) as PrivacyErrorCode });
}

function minorUnits(amount: bigint | number): bigint {
  if (typeof amount === "bigint") return amount;
  if (Number.isSafeInteger(amount)) return BigInt(amount);
  throw new PrivacyError("input.invalid", "expected the amount in minor units, a whole number");
}
