// What the verbs take and give, and that nobody can change what they gave.
import { clearServices } from "storefront-privacy/clear";
import type { Consent, ConsentRecord, Decision } from "storefront-privacy/consent";
import { passkeyAdvice, type Passkey, type PasskeyCapabilities, type PasskeyNext } from "storefront-privacy/passkey";
import { preparePasskeys } from "storefront-privacy/passkey-start";
import type { ConsentMinimise } from "storefront-privacy/consent-minimise";
import type { ConsentReceipts } from "storefront-privacy/consent-receipts";
import type { Gate } from "storefront-privacy/gate";
import type { Estimate, Password, PasswordRule } from "storefront-privacy/password";
import type { GeneratedPassword, PasswordGenerator } from "storefront-privacy/password-generate";
import { attributesFor, checkPolicy, leaked, loadLeakFilter, loadList, rank, timesPwned, type PolicyId, type RuleId } from "storefront-privacy/password-policy";
import type { Card, CardField, FieldProblem, Payment, PrivacyErrorCode } from "storefront-privacy/payment";
import { keepReceipts } from "storefront-privacy/receipts";
import { holds, type Same } from "./same.js";

holds<Same<Estimate["score"], 0 | 1 | 2 | 3 | 4>>();
holds<Same<PasswordRule, "password.empty" | "password.too-short" | "password.too-long" | "password.common" | "password.context" | "password.class-missing" | "password.repeats" | "password.expired" | "password.policy-invalid" | "password.rules-invalid" | "password.random-missing">>();
holds<Same<CardField, "number" | "expiry" | "code" | "name">>();
holds<Same<FieldProblem["code"], PrivacyErrorCode>>();
holds<Same<Awaited<ReturnType<Passkey["register"]>>, RegistrationResponseJSON>>();
holds<Same<Awaited<ReturnType<Passkey["signIn"]>>, AuthenticationResponseJSON>>();
holds<Same<PasskeyCapabilities["conditionalGet"], "yes" | "no" | "unknown">>();
holds<Same<PasskeyCapabilities["extension:prf"], "yes" | "no" | "unknown" | undefined>>();
holds<Same<ReturnType<typeof passkeyAdvice>["next"], PasskeyNext>>();
holds<Same<ConsentRecord["v"], 1>>();

export async function signIn(passkey: Passkey, button: HTMLElement): Promise<string> {
  const start = preparePasskeys({
    options: async () => ({ publicKey: {}, ceremony: "1" }),
    verify: async (response, { ceremony }) => `${response.id} ${ceremony}`,
    signedIn: (session) => holds<Same<typeof session, string>>(),
  });
  start.autofill();
  button.onclick = () => void start.ask();
  // @ts-expect-error there is no such hint
  await passkey.register({}, { hints: ["telepathy"] });
  // @ts-expect-error an order has an amount
  await passkey.signIn({}, { order: { merchant: "shop", id: "1", currency: "EUR", nonce: "" } });
  await passkey.signIn({}, { uiMode: "immediate", hints: ["hybrid"] });
  return start.ask();
}

holds<Same<GeneratedPassword, { readonly password: string; readonly entropy: number }>>();

export async function advise(password: string, signal: AbortSignal): Promise<readonly RuleId[]> {
  const list = await loadList({ signal });
  const id: PolicyId = "nist-800-63b-4";
  // @ts-expect-error there is no such policy
  checkPolicy("nist", password);
  // @ts-expect-error a policy of the shop's own has a name
  checkPolicy({ minLength: 12 }, password);
  // @ts-expect-error there are two filters
  await loadLeakFilter(12);
  const place: number | null = rank(list, password);
  const { autocomplete, maxlength } = attributesFor({ id: "shop", minLength: 12 }, { secondFactor: true });
  const warn = leaked(await loadLeakFilter(15, { signal }), password) || (await timesPwned(password, "/range/", signal)) > 0;
  const { rules } = checkPolicy(id, password, { list, context: [autocomplete, String(maxlength), String(place), String(warn)] });
  // @ts-expect-error a result is given, not taken
  rules.push();
  return rules.filter(({ met }) => !met).map((rule) => rule.id);
}

export function suggest(generator: PasswordGenerator): string {
  generator.generatePassword({ policy: { id: "shop", minLength: 12 }, length: 20, unambiguous: true });
  // @ts-expect-error there is no such policy
  generator.generatePassword({ policy: "nist" });
  // @ts-expect-error words are counted
  generator.generatePassphrase({ words: "six" });
  const { password, entropy } = generator.generatePassphrase({ words: 6, separator: " ", capitalise: true, number: true });
  return `${password} ${entropy.toFixed()}`;
}

export async function use(password: Password, payment: Payment, consent: Consent, decision: Decision): Promise<string> {
  const estimate = await password.estimate("secret", ["shop"]);
  // @ts-expect-error an estimate is given, not taken
  estimate.score = 4;
  // @ts-expect-error there is no such policy
  void password.check("nist", "secret");

  const card: Card = { number: "4242 4242 4242 4242", expiry: "12/30", code: "123", name: "Ada" };
  payment.check(card, { accepted: ["visa"] });
  // @ts-expect-error a card has four fields
  payment.check({ number: "4242424242424242" });

  const policy = consent.policy("{}");
  // @ts-expect-error a policy is read, not written
  policy.purposes.push();
  consent.record(policy, decision, policy.language);

  const order = { id: "1", amount: 1999n, currency: "EUR" };
  // @ts-expect-error keys are trusted first
  payment.seal(card, order, { keys: [] });
  return payment.seal(card, order, payment.trust("manifest", { merchant: "shop" }));
}

export async function keep(receipts: ConsentReceipts, consent: Consent, gate: Gate): Promise<string> {
  const keeper = keepReceipts({ url: "/api/receipts", surface: "banner" });
  // @ts-expect-error there is no such surface
  keepReceipts({ url: "/api/receipts", surface: "popup" });
  const report = receipts.verify(await keeper.file(), { today: ["{}"] });
  // @ts-expect-error a report is given, not taken
  report.holds = true;
  // @ts-expect-error where was decided is not optional
  receipts.compose("{}", { v: 1, policy: "1", at: 0, granted: [] }, { key: {}, origin: "https://shop.example", language: "en" });
  const { left } = await clearServices(consent.policy("{}"), (purpose) => gate.allows(purpose), { endpoint: "/forget" });
  // @ts-expect-error what allows is a function
  await clearServices(consent.policy("{}"), ["analytics"]);
  return left.map(({ kind, name }) => `${kind} ${name}`).join();
}

export function minimise({ pseudonym, redact }: ConsentMinimise): string {
  // @ts-expect-error a secret is bytes
  pseudonym("secret", "id", "analytics", 1);
  return redact(pseudonym(new Uint8Array(32), "id", "analytics", 1));
}
