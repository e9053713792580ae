/** What the processor may answer, and what an impatient shopper may do. */
import assert from "node:assert/strict";
import test from "node:test";

import { answers, approvedCard, newPerson } from "../people.mjs";
import { answerBanner, bringToCheckout, cardDocument, cardFormReady, fillAddress, fillCard, pay, payButton } from "../shopper.mjs";
import { eventually, world } from "./world.mjs";

const here = world();

async function atCheckout(page, origin) {
  await page.goto(`${origin}/`);
  await answerBanner(page, "reject");
  await bringToCheckout(page, origin);
}

function payments() {
  return here.shop.recorder.exchanges.filter(({ url, method }) => url === "/checkout" && method === "POST");
}

for (const [name, card] of [
  ["not enough money", answers.insufficientFunds()],
  ["refused by the bank", answers.refused()],
  ["an expired card", answers.expired()],
]) {
  test(`declined: ${name}; the shopper is told, and pays with another card`, async () => {
    await here.visit(async ({ page, origin }) => {
      const person = newPerson();
      await atCheckout(page, origin);
      await pay(page, person, card);
      await page.locator("[role=alert]:visible, .problem, h1:has-text('declined')").first().waitFor();
      assert.ok(!(await page.locator("main").innerText()).match(/on its way/i));

      await page.goto(`${origin}/checkout`);
      await pay(page, person, approvedCard());
      await page.waitForURL(/\/orders\//);
      assert.match(await page.locator("main").innerText(), /receipt is on its way/);
    });
  });
}

/** Answers the bank in its frame. */
async function answerBank(page, code) {
  const bank = page.locator("#bank").contentFrame();
  await bank.locator("[name=code]").fill(code);
  await bank.getByRole("button").click();
}

test("a challenge in the bank's frame: a wrong code is refused, the right one approves, and the shop sees neither", async () => {
  await here.visit(async ({ page, origin }) => {
    await atCheckout(page, origin);
    await pay(page, newPerson(), answers.challenge());
    await page.waitForURL(/\/challenge\//);
    const bank = page.locator("#bank").contentFrame();
    await answerBank(page, "000000");
    await bank.getByText("That was not the code").waitFor();
    await answerBank(page, "123456");
    await page.waitForURL(/\/orders\//);
    assert.match(await page.locator("main").innerText(), /receipt is on its way/);
    for (const { body } of here.shop.recorder.exchanges) assert.doesNotMatch(body, /(^|&)code=|123456/);
  });
});

test("a challenge that fails: the shopper reads why and that nothing was charged, and pays with another card", async () => {
  await here.visit(async ({ page, origin }) => {
    await atCheckout(page, origin);
    await pay(page, newPerson(), answers.challenge());
    await page.waitForURL(/\/challenge\//);
    for (const code of ["000000", "000001", "000002"]) {
      await answerBank(page, code);
      await page.waitForTimeout(300);
    }
    await page.waitForURL(/\/orders\//);
    assert.match(await page.locator("main").innerText(), /code was wrong too often.*not been charged/s);
    await page.goto(`${origin}/checkout`);
    await pay(page, newPerson(), approvedCard());
    await page.waitForURL(/\/orders\//);
    assert.match(await page.locator("main").innerText(), /receipt is on its way/);
  });
});

test("a challenge that is not answered: the shopper is told that the bank waits, and that nothing is charged", async () => {
  await here.visit(async ({ page, origin }) => {
    await atCheckout(page, origin);
    await pay(page, newPerson(), answers.challenge());
    await page.waitForURL(/\/challenge\//);
    await page.locator("#confirmed button").click();
    await page.locator(".problem").filter({ hasText: "still waits" }).waitFor();
    await answerBank(page, "123456");
    await page.waitForURL(/\/orders\//);
  });
});

test("the page with the bank's frame lets in the bank's alone, the card page none; neither has what the other has", async () => {
  await here.visit(async ({ page, origin }) => {
    await atCheckout(page, origin);
    await page.locator("sp-payment-form[isolation=full]").waitFor();
    await pay(page, newPerson(), answers.challenge());
    await page.waitForURL(/\/challenge\//);
    assert.equal(await page.locator("sp-payment-form, [data-card]").count(), 0);
    const policyOf = async (path) => (await page.request.get(`${origin}${path}`)).headers()["content-security-policy"];
    assert.match(await policyOf("/checkout"), /frame-src 'none'/);
    assert.ok((await policyOf(new URL(page.url()).pathname)).includes(`frame-src ${here.shop.processorOrigin};`));
  });
});

test("the processor never answers: the shopper is told that nothing is settled", async () => {
  await here.visit(async ({ page, origin }) => {
    await atCheckout(page, origin);
    await pay(page, newPerson(), answers.timeOut());
    const told = page.locator(".problem, h1:has-text('settled'), p:has-text('has not been settled')").first();
    await told.waitFor({ timeout: 30_000 });
    assert.ok(!(await page.locator("main").innerText()).match(/receipt is on its way/));
  });
});

test("a double click pays once", async () => {
  await here.visit(async ({ page, origin }) => {
    await atCheckout(page, origin);
    await fillAddress(page, newPerson());
    await fillCard(page, approvedCard());
    const before = payments().length;
    await payButton(page).dblclick({ noWaitAfter: true });
    await page.waitForURL(/\/orders\//);
    await page.waitForLoadState("networkidle");
    assert.equal(payments().length - before, 1, "one form was sent");
  });
});

test("the back button after paying neither pays again nor shows the card", async () => {
  await here.visit(async ({ page, origin }) => {
    await atCheckout(page, origin);
    await pay(page, newPerson(), approvedCard());
    await page.waitForURL(/\/orders\//);
    const order = page.url();
    const before = payments().length;
    await page.goBack();
    await page.waitForLoadState("networkidle");
    for (const input of await cardDocument(page).locator("[data-card]").all()) {
      assert.equal(await input.inputValue(), "", "no card field is filled again");
    }
    assert.equal(payments().length, before);
    await page.goto(order);
    assert.match(await page.locator("main").innerText(), /receipt is on its way/);
  });
});

test("a form that is sent twice is charged once, and both answers name the same payment", async () => {
  await here.visit(async ({ page, context, origin }) => {
    await atCheckout(page, origin);
    await pay(page, newPerson(), approvedCard());
    await page.waitForURL(/\/orders\//);
    const sent = payments().at(-1);
    const again = await context.request.post(`${origin}/checkout`, {
      data: sent.body,
      headers: { "content-type": "application/x-www-form-urlencoded", origin },
      maxRedirects: 0,
    });
    assert.ok([303, 409, 422].includes(again.status()), `status ${again.status()}`);
    if (again.status() === 303) {
      assert.equal(new URL(again.headers().location, origin).href, page.url());
    }
  });
});

test("wrong fields are named, the first gets the focus, and nothing is sent", async () => {
  await here.visit(async ({ page, origin }) => {
    await atCheckout(page, origin);
    await fillAddress(page, newPerson());
    await cardFormReady(page);
    await fillCard(page, { ...approvedCard(), number: "4539672801573360", code: "7" });
    const before = payments().length;
    await payButton(page).click();
    await eventually("the focus on the number", () => {
      return cardDocument(page).locator("[data-card=number]:focus").count();
    });
    const number = cardDocument(page).locator("[data-card=number]");
    assert.equal(await number.getAttribute("aria-invalid"), "true");
    assert.equal(payments().length, before);
  });
});

test("an invoice needs no card at all", async () => {
  await here.visit(async ({ page, origin }) => {
    await atCheckout(page, origin);
    await fillAddress(page, newPerson());
    await page.locator(".other-way button[value=invoice]").click();
    await page.waitForURL(/\/orders\//);
    assert.match(await page.locator("main").innerText(), /invoice/i);
  });
});
