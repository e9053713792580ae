/** The same page with each consent manager; each is set up as its own documentation shows for a banner with three purposes. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const cookieconsent = `import * as CookieConsent from "/peers/vanilla-cookieconsent/cookieconsent.esm.js";
CookieConsent.run({
  hideFromBots: false,
  categories: { necessary: { enabled: true, readOnly: true }, analytics: {}, marketing: {} },
  language: { default: "en", translations: { en: {
    consentModal: { title: "Your privacy", description: "May we count visits?", acceptAllBtn: "Accept all", acceptNecessaryBtn: "Reject all", showPreferencesBtn: "Choose" },
    preferencesModal: { title: "Choose", acceptAllBtn: "Accept all", acceptNecessaryBtn: "Reject all", savePreferencesBtn: "Save", sections: [
      { title: "Necessary", description: "Runs the shop.", linkedCategory: "necessary" },
      { title: "Analytics", description: "Counts visits.", linkedCategory: "analytics" },
      { title: "Marketing", description: "Shows offers.", linkedCategory: "marketing" } ] } } } },
});`;

const klaro = `window.klaroConfig = { mustConsent: false, acceptAll: true, translations: { en: { privacyPolicyUrl: "/privacy", consentNotice: { description: "May we count visits?" } } },
  services: [ { name: "necessary", title: "Necessary", required: true, purposes: ["necessary"] }, { name: "analytics", title: "Analytics", purposes: ["analytics"] },
  { name: "marketing", title: "Marketing", purposes: ["marketing"] } ] };`;

/** What twenty services do that a visitor has allowed: a little. */
const counter = "globalThis.ranScripts = (globalThis.ranScripts ?? 0) + 1;";

const orejime = `window.orejimeConfig = { privacyPolicyUrl: "/privacy", purposes: [
  { id: "necessary", title: "Necessary", description: "Runs the shop.", isMandatory: true },
  { id: "analytics", title: "Analytics", description: "Counts visits.", cookies: ["_a"] },
  { id: "marketing", title: "Marketing", description: "Shows offers.", cookies: ["_m"] } ] };`;

/**
 * @param {string} banner our banner's HTML, rendered ahead of time
 * @returns {Promise<{id: string, path: string, html: string, files: Record<string, string>, visible: string}[]>} `visible` is a
 *   script that gives the banner's box, once it is there
 */
export async function banners(banner) {
  const host = await readFile(join(import.meta.dirname, "host.html"), "utf8");
  const page = (head, body) => host.replace("<!--head-->", () => head).replace("<!--body-->", () => body);
  const gate = '<script src="/pkg/gate.global.js" data-policy="2026-11-23" data-purposes="analytics marketing"></script>';
  const element = '<script type="module" src="/pkg/elements/consent-banner.js"></script>';
  const sheet = '<link rel="stylesheet" href="/pkg/styles/banner.css">';
  const inShadow = 'document.querySelector("sp-consent-banner")?.shadowRoot?.querySelector("[part~=banner]")';
  return [
    { id: "ahead", html: page(gate + sheet, banner + element), files: {}, visible: inShadow },
    {
      id: "script",
      html: page(
        `${gate}<link rel="preload" href="/privacy.json" as="fetch" crossorigin><script src="/pkg/banner.global.js" async></script>`,
        '<sp-consent-banner policy="/privacy.json"></sp-consent-banner>',
      ),
      files: {},
      visible: inShadow,
    },
    {
      id: "accept",
      html: page(
        gate.replace("></script>", ` data-release="${Array.from({ length: 20 }, (_, index) => `/held/${index}.js`).join(" ")}"></script>`) + sheet,
        banner + element + Array.from({ length: 20 }, (_, index) => `<script type="text/plain" data-purpose="analytics" data-src="/held/${index}.js"></script>`).join(""),
      ),
      files: Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`/held/${index}.js`, counter])),
      visible: "",
    },
    {
      id: "vanilla-cookieconsent",
      html: page('<link rel="stylesheet" href="/peers/vanilla-cookieconsent/cookieconsent.css">', '<script type="module" src="/cookieconsent.js"></script>'),
      files: { "/cookieconsent.js": cookieconsent },
      visible: 'document.querySelector("#cc-main .cm")',
    },
    {
      id: "orejime",
      html: page('<link rel="stylesheet" href="/peers/orejime/orejime-standard.css">', '<script src="/orejime.js"></script><script src="/peers/orejime/orejime-standard-en.js"></script>'),
      files: { "/orejime.js": orejime },
      visible: 'document.querySelector(".orejime-Banner")',
    },
    {
      id: "klaro",
      html: page("", '<script src="/klaro.js"></script><script src="/peers/klaro/klaro.js"></script>'),
      files: { "/klaro.js": klaro },
      visible: 'document.querySelector(".klaro .cookie-notice")',
    },
  ].map((entry) => ({ ...entry, path: `/banner/${entry.id}` }));
}
