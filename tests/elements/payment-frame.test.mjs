/** The card's frame as a part of the page: browsers fill it in, and neither the page's style sheet nor what moves its nodes breaks it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertNoCard, card, eventually, field, fill, focuses, inBoth, open, own, sent, TAG, VISA, YEAR } from "./lib/card-page.mjs";
import { assertQuiet, settles, heard } from "./lib/harness.mjs";

inBoth("the browser's autofill fills in the whole card, and it is sealed", async (mode) => {
  const shopper = await open(mode);
  await settles(shopper.page, TAG, "ready");
  const inner = shopper.page.frames().find((frame) => frame !== shopper.page.mainFrame());
  const cdp = await shopper.context.newCDPSession(inner ?? shopper.page);
  const { result } = await cdp.send("Runtime.evaluate", { expression: "document.querySelector('[data-card=number]')" });
  const { node } = await cdp.send("DOM.describeNode", { objectId: result.objectId });
  const { frameTree } = await cdp.send("Page.getFrameTree");
  const saved = { number: VISA, name: "Ada Byron", expiryMonth: "08", expiryYear: `20${YEAR}`, cvc: "123" };
  // The browser looks at a form some time after it has come about or has changed, and what is asked of it in between is lost.
  const trigger = () => cdp.send("Autofill.trigger", { fieldId: node.backendNodeId, frameId: frameTree.frame.id, card: saved }).catch(() => undefined);
  const filled = async () => {
    if ((await field(shopper, "name").inputValue()) !== "") return true;
    await trigger();
    await shopper.page.waitForTimeout(500);
    return false;
  };
  await eventually("all fields to be filled in", filled, 20_000);
  for (const [name, text] of Object.entries({ number: "4242 4242 4242 4242", expiry: `08 / ${YEAR}`, code: "123", name: "Ada Byron" })) {
    assert.equal(await field(shopper, name).inputValue(), text);
  }
  await shopper.page.locator("#pay").click();
  assert.ok((await sent(shopper)).data.get("envelope"));
  await assertNoCard(shopper);
});

test("a frame that is thrown out of the page is built anew", async () => {
  const shopper = await open("isolated");
  await settles(shopper.page, TAG, "ready");
  await shopper.page.evaluate((tag) => document.querySelector(`${tag} > iframe`).remove(), TAG);
  await shopper.page.waitForFunction((tag) => document.querySelector(`${tag}[state=ready] > iframe`) !== null, TAG);
  assert.deepEqual((await heard(shopper.page, "sp-unavailable")).map(({ code }) => code), ["load.blocked"]);
  await fill(shopper);
  await shopper.page.locator("#pay").click();
  assert.ok((await sent(shopper)).data.get("envelope"));
});

test("a copy of the element has one frame, of its own", async () => {
  const shopper = await open("isolated");
  await settles(shopper.page, TAG, "ready");
  await fill(shopper);
  await shopper.page.evaluate((tag) => {
    const form = document.querySelector(tag);
    form.replaceWith(form.cloneNode(true));
  }, TAG);
  await settles(shopper.page, TAG, "ready");
  assert.equal(await shopper.page.locator(`${TAG} > iframe`).count(), 1);
  assert.equal(await field(shopper, "number").inputValue(), "");
  await fill(shopper);
  await shopper.page.locator("#pay").click();
  assert.ok((await sent(shopper)).data.get("envelope"));
});

test("what the page's style sheet says of frames leaves the card's as it is", async () => {
  const rule = "iframe { display: none; width: 40px; height: 40px; max-width: 100%; border: 9px solid; margin: 50px }";
  own.site.routes.set("/frames.css", () => ({ headers: { "content-type": "text/css" }, body: rule }));
  const plain = await open("isolated");
  const styled = await open("isolated", "", { head: '<link rel="stylesheet" href="/frames.css">' });
  const boxOf = async (shopper) => {
    await settles(shopper.page, TAG, "ready");
    await eventually("the frame to be as tall as its fields", async () => (await shopper.page.locator(`${TAG} > iframe`).boundingBox()).height > 200);
    return shopper.page.locator(`${TAG} > iframe`).boundingBox();
  };
  assert.deepEqual(await boxOf(styled), await boxOf(plain));
  await card(styled).locator("[data-card=number]").click();
  await focuses(styled, "number");
  assertQuiet(styled);
});
