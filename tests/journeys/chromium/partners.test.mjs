/** A shop whose policy turns the IAB's frameworks on: what a shopper decides, partners' scripts are told, and not a bit more. */
import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { PARTNERS, pagesWithPartners, readGpp, readTc, startVendor } from "../partners.mjs";
import { answerBanner } from "../shopper.mjs";
import { eventually, world } from "./world.mjs";

const pages = pagesWithPartners();
const here = world({ env: { SHOP_PAGES: pages.directory } });
let vendor;
before(async () => (vendor = await startVendor()));
after(async () => {
  await vendor?.stop();
  pages.remove();
});

/** What a partner's script on the page is told. */
const told = (page) =>
  page.evaluate(async () => {
    const tc = await new Promise((resolve) => globalThis.__tcfapi("getTCData", 2, (data, success) => resolve(success ? data : null)));
    const gpp = await new Promise((resolve) => globalThis.__gpp("ping", resolve));
    return { status: tc?.eventStatus, tc: tc?.tcString, gpp: gpp.signalStatus === "ready" ? gpp.gppString : null };
  });

/** Waits until partners are told of a decision that is another than before. */
async function toldAfter(page, before = "") {
  let now;
  await eventually("partners to be told", async () => {
    now = await told(page);
    return now.status === "useractioncomplete" && now.tc !== before && now.gpp !== null;
  });
  return { ...now, read: readTc(now.tc), us: readGpp(now.gpp) };
}

const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

test("before a choice partners are told that there is none; accepting and refusing in the banner are told as such", async () => {
  await here.visit(async ({ page, origin }) => {
    await page.goto(`${origin}/`);
    await page.getByText(`We and ${PARTNERS} partners store and read`).waitFor();
    await eventually("the interface", async () => (await told(page)).status === "cmpuishown");
    const before = await told(page);
    assert.deepEqual([before.tc, before.gpp], ["", null]);
    await answerBanner(page, "accept");
    const { read, us, tc } = await toldAfter(page);
    assert.deepEqual([read.cmpId, read.vendorListVersion, read.publisher, read.purposes, read.specialFeatures], [31, 17, "IE", [1, 2, 3, 4, 7, 8], [2]]);
    assert.ok(read.vendors.length > 400 && read.disclosed.length <= PARTNERS, `${read.vendors.length} of ${read.disclosed.length}`);
    assert.deepEqual([us.sale, us.advertising, us.gpc], [2, 2, false]);

    await page.goto(`${origin}/cart`);
    await eventually("the next page to tell the same", async () => (await told(page)).tc === tc && (await told(page)).status === "tcloaded");
  });
  await here.visit(async ({ page, origin }) => {
    await page.goto(`${origin}/`);
    await answerBanner(page, "reject");
    const { read, us } = await toldAfter(page);
    assert.deepEqual([read.purposes, read.specialFeatures, read.vendors, read.interests, us.sale, us.advertising], [[], [], [], [], 1, 1]);
  });
});

test("what is chosen among purposes and partners in the settings is told, and withdrawing takes all of it back", async () => {
  await here.visit(async ({ page, origin }) => {
    await page.goto(`${origin}/`);
    await answerBanner(page, "accept");
    const first = await toldAfter(page);
    assert.ok(first.read.vendors.includes(11));
    await page.goto(`${origin}/privacy`);
    await page.getByLabel("Search partners").fill("Quantcast");
    await page.getByLabel("Consent to Quantcast").uncheck();
    await page.locator("sp-privacy-settings").getByRole("checkbox", { name: "Counting visits" }).uncheck();
    await press(page, "Save my choice");
    const second = await toldAfter(page, first.tc);
    assert.equal(second.read.vendors.includes(11), false, "the one that was refused");
    assert.ok(second.read.vendors.length > 400, "and no other");
    assert.deepEqual([second.read.purposes, second.us.sale], [[1, 2, 3, 4, 7], 2]);
    await press(page, "Withdraw all consent");
    const { read, us } = await toldAfter(page, second.tc);
    assert.deepEqual([read.purposes, read.specialFeatures, read.vendors, read.interests, us.sale, us.advertising], [[], [], [], [], 1, 1]);
  });
});

test("with Global Privacy Control, accepting everything still tells no partner that it may sell, share or advertise", async () => {
  await here.visit(async ({ page, context, origin }) => {
    await context.addInitScript(() => Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true }));
    await page.goto(`${origin}/`);
    await answerBanner(page, "accept");
    const { read, us } = await toldAfter(page);
    assert.deepEqual([us.sale, us.advertising, us.gpc], [1, 1, true]);
    assert.deepEqual([read.purposes.filter((id) => [2, 3, 4, 7].includes(id)), read.purposes.includes(8)], [[], true]);
  });
});

test("a vendor's frame of another origin finds the locators and hears each decision", async () => {
  const disallow = here.shop.recorder.fault(vendor.allow);
  try {
    await here.visit(async ({ page, origin }) => {
      await page.goto(`${origin}/privacy`);
      await page.evaluate((src) => {
        const frame = document.body.appendChild(document.createElement("iframe"));
        frame.title = "A vendor";
        frame.src = src;
      }, vendor.origin);
      const frame = () => page.frames().find((each) => each.url().startsWith(vendor.origin));
      await eventually("the frame", () => frame() !== undefined);
      const heard = () => frame().evaluate(() => globalThis.heard);
      await eventually("the frame to hear that the shopper is asked", async () => (await heard()).__tcfapi.some(({ eventStatus }) => eventStatus === "cmpuishown"));
      await answerBanner(page, "accept");
      const first = await toldAfter(page);
      const hears = (tc, gpp) =>
        eventually("the frame to hear of it", async () => {
          const { __tcfapi, __gpp } = await heard();
          return __tcfapi.at(-1)?.tcString === tc && __gpp.at(-1)?.pingData.gppString === gpp && __gpp.at(-1)?.pingData.signalStatus === "ready";
        });
      await hears(first.tc, first.gpp);
      await press(page, "Withdraw all consent");
      const second = await toldAfter(page, first.tc);
      assert.deepEqual([second.read.vendors, second.us.sale], [[], 1]);
      await hears(second.tc, second.gpp);
    });
  } finally {
    disallow();
  }
});
