/** A session bound to a browser's key: the account works, and a copied cookie opens nothing that scripts call. */
import assert from "node:assert/strict";
import test from "node:test";

import { addAuthenticator } from "../../lib/chromium.mjs";
import { newPerson } from "../people.mjs";
import { answerBanner, signUp } from "../shopper.mjs";
import { eventually, world } from "./world.mjs";

const here = world();

test("a copied session cookie alone is useless on the account's and the orders' routes", async () => {
  await here.visit(async ({ page, context, origin }) => {
    await page.goto(`${origin}/`);
    await answerBanner(page, "reject");
    await addAuthenticator(page);
    await signUp(page, origin, newPerson());
    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    const asThief = (path, init = {}) => fetch(`${origin}${path}`, { ...init, headers: { cookie, origin, ...init.headers } });
    await eventually("the session is bound", async () => (await (await asThief("/api/session")).json()).bound === true);

    // The owner's own calls go on: a passkey is added, kept over a reload, and shown.
    const list = page.locator("sp-passkey-list[state=ready]");
    await list.locator('[part~="add"]').click();
    await list.locator('[part~="remove"]').first().waitFor();
    await page.reload();
    await page.locator("sp-passkey-list[state=ready]").locator('[part~="remove"]').first().waitFor();

    for (const path of ["/api/orders", "/api/passkeys", "/api/sessions", "/api/sign-in-methods"]) {
      const answer = await asThief(path);
      assert.deepEqual([answer.status, (await answer.json()).code], [401, "dpop.proof-invalid"], path);
    }
    for (const path of ["/api/recovery-codes", "/api/totp/enrolment", "/api/passkeys/registration/options", "/api/orders"]) {
      assert.equal((await asThief(path, { method: "POST" })).status, 401, path);
    }
    // A proof that was sent once is worth nothing again.
    const [request] = await Promise.all([page.waitForRequest((sent) => sent.url().endsWith("/api/passkeys")), page.reload()]);
    const { dpop } = await request.allHeaders();
    await request.response();
    const replayed = await asThief("/api/passkeys", { headers: { dpop } });
    assert.equal(replayed.status, 401);
    assert.match(replayed.headers.get("www-authenticate"), /invalid_dpop_proof/);
  });
});
