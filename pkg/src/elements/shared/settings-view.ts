import type { Policy, Purpose, Service } from "../../consent.js";
import { make } from "./dom.js";
import { durationText } from "./durations.js";
import type { PrivacySettingsWords } from "./words-consent.js";
import { fill } from "./words.js";

/** Draws one purpose of a policy: what it is for, whether it is on, and the facts about everyone who serves it. */
export function drawPurpose(policy: Policy, purpose: Purpose, granted: boolean, words: PrivacySettingsWords, language: string): HTMLElement {
  const { id, name, description, essential, legalBasis } = purpose;
  const lang = policy.language === language ? null : policy.language;
  // A text in another language may run the other way.
  const dir = lang === null ? null : "auto";
  const about = make("p", { class: "about", part: "about", id: `about-${id}`, lang, dir }, description);
  const head = essential
    ? [make("p", { class: "name", part: "name", lang, dir }, name), make("p", { class: "state", part: "state" }, words.always)]
    : [
        make("input", {
          class: "toggle",
          part: "toggle",
          type: "checkbox",
          id: `purpose-${id}`,
          value: id,
          checked: granted,
          "aria-describedby": `about-${id}`,
        }),
        make("label", { class: "name", part: "name", for: `purpose-${id}`, lang, dir }, name),
      ];
  const basis = make("p", { class: "basis", part: "basis" }, words.bases[legalBasis] ?? legalBasis);
  const services = policy.services.filter((service) => service.purposes.includes(id));
  const details = services.length === 0 ? [] : [drawDetails(services, words, language, lang)];
  return make("div", { class: "purpose", part: "purpose" }, ...head, about, basis, ...details);
}

function drawDetails(services: readonly Service[], words: PrivacySettingsWords, language: string, lang: string | null): HTMLElement {
  const summary = make("summary", {}, fill(words.details, { count: services.length }));
  return make("details", { part: "details" }, summary, ...services.map((service) => drawService(service, words, language, lang)));
}

function drawService(service: Service, words: PrivacySettingsWords, language: string, lang: string | null): HTMLElement {
  const span = (duration: string): string => (duration === "session" ? words.session : durationText(duration, language));
  const items = service.sets.map(({ kind, name, retention }) => fill(words.item, { name, kind: words.kinds[kind] ?? kind, retention: span(retention) }));
  const facts: readonly (readonly [string, readonly string[]])[] = [
    [words.provider, [service.provider]],
    [words.sets, items],
    [words.sends, service.sends],
    [words.recipients, service.recipients],
    [words.retention, [span(service.retention)]],
  ];
  const list = make("dl");
  for (const [term, values] of facts) {
    const texts = values.length === 0 ? [words.nothing] : values;
    list.append(make("dt", {}, term), ...texts.map((text) => make("dd", { lang: values.length === 0 ? null : lang }, text)));
  }
  return make("div", { class: "service", part: "service" }, make("p", { class: "service-name", lang }, service.name), list);
}
