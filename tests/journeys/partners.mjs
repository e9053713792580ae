/**
 * The demo shop as it is where its policy turns the IAB's frameworks on: its own pages and purposes, one more purpose, a
 * vendor list; and a vendor that asks from a frame of another origin.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { GppModel } from "@iabgpp/cmpapi";
import { TCString } from "@iabtechlabtcf/core";

import { ROOT } from "../lib/shop.mjs";

const LIST = readFileSync(join(ROOT, "tests/vectors/iab/vendor-list-v17.json"), "utf8");

/** How many partners the shop has: all of the list that have not left. */
export const PARTNERS = Object.values(JSON.parse(LIST).vendors).filter(({ deletedDate }) => deletedDate === undefined).length;

/** @returns {{directory: string, remove: () => void}} what `SHOP_PAGES` is to name */
export function pagesWithPartners() {
  const directory = mkdtempSync(join(tmpdir(), "storefront-pages-"));
  const pages = join(ROOT, "www/pages");
  for (const name of ["templates", "products.json"]) symlinkSync(join(pages, name), join(directory, name));
  mkdirSync(join(directory, "dist"));
  for (const name of readdirSync(join(pages, "dist"))) symlinkSync(join(pages, "dist", name), join(directory, "dist", name));
  writeFileSync(join(directory, "dist/vendor-list.json"), LIST);
  writeFileSync(join(directory, "privacy.json"), JSON.stringify(withPartners(JSON.parse(readFileSync(join(pages, "privacy.json"), "utf8")))));
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

/** The TCF purposes that each of the shop's purposes stands for. */
const MEANT = { analytics: { tcf: [1, 8] }, personalisation: { tcf: [1] } };

function withPartners(policy) {
  const advertising = {
    id: "advertising",
    name: "Advertising",
    description: "Our partners show you what you looked at here on other sites.",
    legalBasis: "consent",
    iab: { tcf: [1, 2, 3, 4, 7], specialFeatures: [2], us: ["sale", "sharing", "targeted-advertising"] },
  };
  return {
    ...policy,
    purposes: [...policy.purposes.map((purpose) => (MEANT[purpose.id] ? { ...purpose, iab: MEANT[purpose.id] } : purpose)), advertising],
    tcf: { cmpId: 31, cmpVersion: 1, vendorList: "/vendor-list.json", publisherCountry: "IE", vendorCount: PARTNERS, regions: ["eea", "uk"] },
    gpp: { approach: "national" },
  };
}

/** What the official library reads in a TC string. */
export function readTc(tcString) {
  const read = TCString.decode(tcString);
  const on = (vector) => [...vector].filter(([, value]) => value).map(([id]) => id);
  return {
    cmpId: read.cmpId,
    vendorListVersion: read.vendorListVersion,
    publisher: read.publisherCountryCode,
    purposes: on(read.purposeConsents),
    specialFeatures: on(read.specialFeatureOptins),
    vendors: on(read.vendorConsents),
    interests: on(read.vendorLegitimateInterests),
    disclosed: on(read.vendorsDisclosed),
  };
}

/** What the official library reads in the national section of a GPP string. */
export function readGpp(gppString) {
  const model = new GppModel(gppString);
  const field = (name) => model.getFieldValue("usnat", name);
  return { sections: model.getSectionIds(), sale: field("SaleOptOut"), advertising: field("TargetedAdvertisingOptOut"), gpc: field("Gpc") };
}

// As the CMP API's "How can vendors that use iframes call the CMP API?" has it: up through the frames to the one with the locator.
const VENDOR = `<!doctype html><title>A vendor</title><script>
globalThis.heard = { __tcfapi: [], __gpp: [] };
const find = (name) => {
  for (let frame = window; ; frame = frame.parent) {
    try { if (frame.frames[name + "Locator"]) return frame; } catch {}
    if (frame === window.top) return null;
  }
};
const listen = (name, version) => {
  const cmp = find(name);
  if (cmp === null) return void heard[name].push("no locator");
  addEventListener("message", ({ data }) => {
    const { returnValue, success } = (typeof data === "string" ? JSON.parse(data) : data)[name + "Return"] ?? {};
    if (returnValue) heard[name].push({ ...returnValue, success });
  });
  cmp.postMessage({ [name + "Call"]: { command: "addEventListener", version, callId: name } }, "*");
};
listen("__tcfapi", 2);
listen("__gpp", "1.1");
</script>`;

/** A vendor's own server. */
export async function startVendor() {
  const server = createServer((_request, response) => response.writeHead(200, { "content-type": "text/html" }).end(VENDOR));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    /** Lets the shop's pages frame the vendor, as a shop that has such vendors would: a fault of the recorder. */
    allow: (_exchange, answer) => {
      const policy = answer.headers["content-security-policy"];
      return policy === undefined ? undefined : { ...answer, headers: { ...answer.headers, "content-security-policy": policy.replace("frame-src 'none'", `frame-src ${origin}`) } };
    },
    stop: () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections())),
  };
}
