import assert from "node:assert/strict";
import { test } from "node:test";
import { addAuthenticator } from "../lib/chromium.mjs";
import { assertAccessible, assertQuiet, assertReflows, assertUnavailable, focused, heard, hears, settles, steps, suite } from "./lib/harness.mjs";

const SIGNIN = "sp-passkey-signin";
const LIST = "sp-passkey-list";
const own = suite();
const CHALLENGE = "AAECAwQFBgcICQoLDA0ODw";

const requestOptions = { challenge: CHALLENGE, rpId: "localhost", userVerification: "required", timeout: 60_000 };
const creationOptions = {
  challenge: CHALLENGE,
  rp: { id: "localhost", name: "Shop" },
  user: { id: "dXNlci0x", name: "ada@shop.example", displayName: "Ada" },
  pubKeyCredParams: [{ type: "public-key", alg: -7 }],
  authenticatorSelection: { residentKey: "required", userVerification: "required" },
  timeout: 60_000,
};

/** A server that keeps passkeys by name alone, as far as the elements see it. */
function serve({ passkeys = [] } = {}) {
  const kept = structuredClone(passkeys);
  let asked = 0;
  const { routes } = own.site;
  const options = (publicKey) => () => ({ body: { ceremony: `c-${++asked}`, publicKey } });
  routes.set("POST /auth/options", options(requestOptions));
  routes.set("POST /auth", ({ body }) => (JSON.parse(body).credential.type === "public-key" ? { body: { email: "ada@shop.example" } } : { status: 400 }));
  routes.set("POST /reg/options", options(creationOptions));
  routes.set("POST /reg", () => {
    const added = { id: `p${kept.length + 1}`, name: `Passkey ${kept.length + 1}`, created_at: "2026-11-23T10:00:00Z", last_used_at: null };
    kept.push(added);
    return { status: 201, body: added };
  });
  routes.set("GET /passkeys", () => ({ body: { passkeys: kept } }));
  for (const { id } of [...passkeys, { id: "p1" }, { id: "p2" }]) {
    routes.set(`PATCH /passkeys/${id}`, ({ body }) => {
      Object.assign(kept.find((each) => each.id === id), JSON.parse(body));
      return { body: "" };
    });
    routes.set(`DELETE /passkeys/${id}`, () => {
      kept.splice(kept.findIndex((each) => each.id === id), 1);
      return { status: 204, body: "" };
    });
  }
}

const phone = { id: "p1", name: "Phone", created_at: "2026-10-01T10:00:00Z", last_used_at: 1_795_000_000 };
const laptop = { id: "p2", name: "Laptop", created_at: "2026-10-02T10:00:00Z", last_used_at: null };

const signinPage = (next = "") =>
  own.site.page(
    `<sp-passkey-signin options="/auth/options" verify="/auth" ${next}><p slot="unavailable">Sign in with your password.</p></sp-passkey-signin><button>After</button>`,
    { elements: ["passkey-signin"] },
  );
const listPage = () =>
  own.site.page(`<sp-passkey-list href="/passkeys" options="/reg/options" verify="/reg"><p slot="unavailable">Passkeys cannot be managed here.</p></sp-passkey-list>`, {
    elements: ["passkey-list"],
  });

/** Registers a passkey with the browser itself, for signing in with it. */
async function register(page) {
  await page.evaluate(
    async (options) => {
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
      await navigator.credentials.create({ publicKey });
    },
    creationOptions,
  );
}

test("sign in: options come before the click, and the answer goes to the server", async () => {
  serve();
  const shopper = await own.open(signinPage());
  await addAuthenticator(shopper.page);
  await settles(shopper.page, SIGNIN, "ready");
  await register(shopper.page);
  assert.equal(own.site.received.filter(({ path }) => path === "/auth/options").length, 1);
  await shopper.page.getByRole("button", { name: "Sign in with a passkey" }).click();
  const detail = await hears(shopper.page, "sp-passkey-signed-in");
  assert.deepEqual(detail, { session: { email: "ada@shop.example" }, next: null });
  const sent = JSON.parse(own.site.received.find(({ path }) => path === "/auth").body);
  assert.equal(sent.ceremony, "c-1");
  assert.equal(typeof sent.credential.response.signature, "string");
  assert.deepEqual((await steps(shopper.page)).slice(0, 3), ["load ok", "sign-in ok", "verify ok"]);
  assertQuiet(shopper);
});

test("the browser is asked in the click's own task", async () => {
  serve();
  const shopper = await own.open(signinPage());
  await settles(shopper.page, SIGNIN, "ready");
  const asked = await shopper.page.evaluate(() => {
    let called = false;
    navigator.credentials.get = () => {
      called = true;
      return new Promise(() => {});
    };
    document.querySelector("sp-passkey-signin").shadowRoot.querySelector("button").click();
    return called;
  });
  assert.equal(asked, true);
});

test("after signing in the page goes on, but not to another origin", async () => {
  serve();
  for (const [next, expected] of [["/account", "/account"], ["https://elsewhere.example/", null], ["javascript:alert(1)", null]]) {
    own.site.routes.set("/account", () => ({ headers: { "content-type": "text/html" }, body: "<!doctype html><title>Account</title>" }));
    const shopper = await own.open(signinPage(`next="${next}"`));
    await addAuthenticator(shopper.page);
    await settles(shopper.page, SIGNIN, "ready");
    await register(shopper.page);
    await shopper.page.getByRole("button", { name: "Sign in with a passkey" }).click();
    if (expected) await shopper.page.waitForURL(`**${expected}`);
    else assert.equal((await hears(shopper.page, "sp-passkey-signed-in")).next, null);
  }
});

test("what went wrong is said with what to do next, and the next try has fresh options", async () => {
  serve();
  const shopper = await own.open(signinPage());
  await addAuthenticator(shopper.page);
  await settles(shopper.page, SIGNIN, "ready");
  await register(shopper.page);
  own.site.routes.set("POST /auth", () => ({ status: 401 }));
  const button = shopper.page.getByRole("button", { name: "Sign in with a passkey" });
  await button.click();
  await shopper.page.getByRole("alert").filter({ hasText: "The shop did not accept that. Load the page again, or choose another way" }).waitFor();
  serve();
  own.site.routes.set("POST /auth/options", () => ({ body: { ceremony: "again", publicKey: requestOptions } }));
  await shopper.page.waitForFunction(() => document.querySelector("sp-passkey-signin").shadowRoot.querySelector("[aria-disabled=false]"));
  await button.click();
  await hears(shopper.page, "sp-passkey-signed-in");
  assert.equal(await shopper.page.getByRole("alert").textContent(), "");
});

test("no module is fetched to sign in; a server without options shows the shop's words", async () => {
  serve();
  own.site.routes.set("/pkg/wasm/passkey.wasm", () => ({ status: 404 }));
  const shopper = await own.open(signinPage());
  await addAuthenticator(shopper.page);
  await settles(shopper.page, SIGNIN, "ready");
  await register(shopper.page);
  await shopper.page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await hears(shopper.page, "sp-passkey-signed-in");
  assert.deepEqual(own.site.received.filter(({ path }) => /wasm|glue/.test(path)), []);
  own.site.reset();
  serve();
  own.site.routes.set("POST /auth/options", () => ({ status: 500 }));
  await assertUnavailable(await own.open(signinPage()), SIGNIN, "passkey.server-refused");
});

test("a browser without WebAuthn shows the shop's words", async () => {
  serve();
  const shopper = await own.open("about:blank");
  await shopper.context.addInitScript(() => delete globalThis.PublicKeyCredential);
  await shopper.page.goto(signinPage());
  await assertUnavailable(shopper, SIGNIN, "passkey.not-supported");
});

test("autofill: the input in the page's own DOM is told, and what is picked signs in", async () => {
  serve();
  const page = own.site.page(`<form><label>E-mail <input id="email" autocomplete="username"></label></form><sp-passkey-signin options="/auth/options" verify="/auth" for="email"></sp-passkey-signin>`, {
    elements: ["passkey-signin"],
  });
  const shopper = await own.open("about:blank");
  const authenticator = await addAuthenticator(shopper.page);
  await shopper.page.goto(own.site.page("<p>Before</p>"));
  await register(shopper.page);
  await shopper.page.goto(page);
  const detail = await hears(shopper.page, "sp-passkey-signed-in");
  assert.deepEqual(detail.session, { email: "ada@shop.example" });
  assert.equal(await shopper.page.locator("#email").getAttribute("autocomplete"), "username webauthn");
  assert.equal((await authenticator.credentials()).length, 1);
  assertQuiet(shopper);
});

test("a passkey that the server does not know is forgotten by whoever keeps it, and another way is suggested", async () => {
  serve();
  own.site.routes.set("POST /auth", () => ({ status: 401, body: { code: "passkey.credential-unknown" } }));
  const shopper = await own.open(
    own.site.page(`<sp-passkey-signin options="/auth/options" verify="/auth"><a slot="otherwise" href="#code">Send me a code</a></sp-passkey-signin>`, { elements: ["passkey-signin"] }),
  );
  const authenticator = await addAuthenticator(shopper.page);
  await settles(shopper.page, SIGNIN, "ready");
  await register(shopper.page);
  assert.equal(await shopper.page.locator("[part=ways]").isVisible(), true);
  await shopper.page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await shopper.page.getByRole("alert").filter({ hasText: "no longer opens an account here" }).waitFor();
  await shopper.page.locator("[part~=suggested]").waitFor();
  assert.equal(await shopper.page.getByRole("link", { name: "Send me a code" }).isVisible(), true);
  for (let wait = 0; wait < 40 && (await authenticator.credentials()).length > 0; wait++) await shopper.page.waitForTimeout(50);
  assert.deepEqual(await authenticator.credentials(), []);
  await assertAccessible(shopper.page);
});

test("who signed in too long ago is led to do it again, by the shop's link; another button of the page adds a passkey too", async () => {
  serve();
  const { routes } = own.site;
  const options = routes.get("POST /reg/options");
  routes.set("POST /reg/options", () => ({ status: 401, body: { code: "shop.sign-in-again" } }));
  const { page } = await own.open(
    own.site.page(
      `<sp-passkey-list href="/passkeys" options="/reg/options" verify="/reg"><p slot="again"><a href="#again">Confirm that it is you</a></p></sp-passkey-list><button id="mine">Mine</button>`,
      { elements: ["passkey-list"] },
    ),
  );
  await page.evaluate((LIST) => document.querySelector("#mine").addEventListener("click", () => document.querySelector(LIST).add()), LIST);
  await addAuthenticator(page);
  await settles(page, LIST, "ready");
  const link = page.getByRole("link", { name: "Confirm that it is you" });
  assert.equal(await link.isVisible(), false);
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await link.waitFor();
  assert.equal(await page.getByRole("alert").textContent(), "", "our own words are not said beside the shop's");
  assert.equal(await page.getByRole("status").textContent(), "Confirm that it is you");
  await assertAccessible(page);

  routes.set("POST /reg/options", () => ({ status: 403, body: { code: "shop.closed" } }));
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByRole("alert").filter({ hasText: "did not accept that" }).waitFor();
  assert.equal(await link.isVisible(), false);

  routes.set("POST /reg/options", options);
  await page.locator("#mine").click();
  await hears(page, "sp-passkey-added");
});

test("texts are in the page's language once the shop allows unreviewed ones, and say so where they are not", async () => {
  serve({ passkeys: [phone] });
  const german = await own.open(
    own.site.page(`<sp-passkey-signin options="/auth/options" verify="/auth" unreviewed></sp-passkey-signin><sp-passkey-list href="/passkeys" options="/reg/options" verify="/reg" unreviewed></sp-passkey-list>`, {
      elements: ["passkey-signin", "passkey-list"],
      lang: "de",
    }),
  );
  await german.page.getByRole("button", { name: "Mit einem Passkey anmelden" }).waitFor();
  await german.page.getByRole("button", { name: "Phone umbenennen" }).waitFor();
  await german.page.getByText("Zuletzt verwendet am").waitFor();
  const arabic = await own.open(own.site.page(`<sp-passkey-signin options="/auth/options" verify="/auth" unreviewed></sp-passkey-signin>`, { elements: ["passkey-signin"], lang: "ar", dir: "rtl" }));
  await arabic.page.getByRole("button", { name: "تسجيل الدخول بمفتاح مرور" }).waitFor();
  await assertAccessible(arabic.page);
  const english = await own.open(own.site.page(`<sp-passkey-signin options="/auth/options" verify="/auth"></sp-passkey-signin>`, { elements: ["passkey-signin"], lang: "de" }));
  await english.page.getByRole("button", { name: "Sign in with a passkey" }).waitFor();
  assert.equal(await english.page.locator(`${SIGNIN} .content`).getAttribute("lang"), "en");
});

test("list: the provider is named, and whoever keeps the passkeys learns the account's name and which are gone", async () => {
  serve({ passkeys: [{ ...phone, aaguid: "EA9B8D66-4D01-1D21-3CE4-B6B48CB575D4" }, { ...laptop, aaguid: "00000000-0000-0000-0000-0000000000ff" }] });
  const { routes } = own.site;
  const passkeys = (await routes.get("GET /passkeys")()).body.passkeys;
  const shopper = await own.open("about:blank");
  const authenticator = await addAuthenticator(shopper.page);
  await shopper.page.goto(own.site.page("<p>Before</p>"));
  await register(shopper.page);
  const id = Buffer.from((await authenticator.credentials())[0].credentialId, "base64").toString("base64url");
  routes.set("GET /passkeys", () => ({ body: { passkeys: [...passkeys, { id, name: "Here", created_at: null, last_used_at: null }], user: { id: creationOptions.user.id, name: "new@shop.example", displayName: "Ada N." } } }));
  await shopper.page.goto(listPage());
  await settles(shopper.page, LIST, "ready");
  await shopper.page.locator("[part~=item]").first().getByText("Google Password Manager").waitFor();
  assert.equal(await shopper.page.locator("[part~=item] bdi").count(), 1, "an unknown one is not named");
  for (let wait = 0; wait < 40 && (await authenticator.credentials())[0].userName !== "new@shop.example"; wait++) await shopper.page.waitForTimeout(50);
  assert.equal((await authenticator.credentials())[0].userName, "new@shop.example");
  routes.set("GET /passkeys", () => ({ body: { passkeys, user: { id: creationOptions.user.id } } }));
  await shopper.page.reload();
  await settles(shopper.page, LIST, "ready");
  for (let wait = 0; wait < 40 && (await authenticator.credentials()).length > 0; wait++) await shopper.page.waitForTimeout(50);
  assert.deepEqual(await authenticator.credentials(), [], "a passkey that the server no longer has is not offered again");
});

test("list: the empty state, adding one, and its announcement", async () => {
  serve();
  const shopper = await own.open(listPage());
  await addAuthenticator(shopper.page);
  await settles(shopper.page, LIST, "ready");
  await shopper.page.getByText("You have no passkeys yet").waitFor();
  await shopper.page.getByRole("button", { name: "Add a passkey" }).click();
  const added = await hears(shopper.page, "sp-passkey-added");
  assert.equal(added.name, "Passkey 1");
  assert.equal(await shopper.page.getByRole("listitem").count(), 1);
  assert.equal(await shopper.page.locator(`${LIST} [role=status]`).textContent(), "Passkey 1 was added.");
  const sent = JSON.parse(own.site.received.find(({ path }) => path === "/reg").body);
  assert.equal(typeof sent.credential.response.attestationObject, "string");
  assert.deepEqual(await steps(shopper.page), ["list ok", "load ok", "register ok", "verify ok"]);
  assertQuiet(shopper);
});

test("list: the same device twice is told apart from other failures", async () => {
  serve();
  own.site.routes.set("POST /reg/options", () => ({ body: { ceremony: "c", publicKey: { ...creationOptions, excludeCredentials: [{ type: "public-key", id: known }] } } }));
  let known = "AAAA";
  const shopper = await own.open(listPage());
  const authenticator = await addAuthenticator(shopper.page);
  await settles(shopper.page, LIST, "ready");
  await register(shopper.page);
  const [credential] = await authenticator.credentials();
  known = Buffer.from(credential.credentialId, "base64").toString("base64url");
  await shopper.page.reload();
  await settles(shopper.page, LIST, "ready");
  await shopper.page.getByRole("button", { name: "Add a passkey" }).click();
  await shopper.page.getByRole("alert").filter({ hasText: "already has a passkey" }).waitFor();
});

test("list: renaming in place, by keyboard", async () => {
  serve({ passkeys: [phone, laptop] });
  const shopper = await own.open(listPage());
  await settles(shopper.page, LIST, "ready");
  const rename = shopper.page.getByRole("button", { name: "Rename Phone" });
  await rename.focus();
  await shopper.page.keyboard.press("Enter");
  assert.equal(await focused(shopper.page), "input.input");
  await shopper.page.keyboard.press("Escape");
  assert.equal(await focused(shopper.page), "button.rename");
  await shopper.page.keyboard.press("Enter");
  await shopper.page.keyboard.type("Old phone");
  await shopper.page.keyboard.press("Enter");
  await shopper.page.getByRole("button", { name: "Rename Old phone" }).waitFor();
  assert.equal(await focused(shopper.page), "button.rename");
  assert.deepEqual(JSON.parse(own.site.received.find(({ method }) => method === "PATCH").body), { name: "Old phone" });
});

test("list: removing asks in place, the safe answer first, and the focus goes to what is left", async () => {
  serve({ passkeys: [phone, laptop] });
  const shopper = await own.open(listPage());
  await settles(shopper.page, LIST, "ready");
  await shopper.page.getByRole("button", { name: "Remove Phone" }).click();
  assert.equal(await focused(shopper.page), "button.cancel");
  await shopper.page.getByRole("group", { name: /^Remove “Phone”\?/ }).waitFor();
  await shopper.page.keyboard.press("Enter");
  assert.equal(await focused(shopper.page), "button.remove");
  assert.equal(own.site.received.some(({ method }) => method === "DELETE"), false);
  await shopper.page.keyboard.press("Enter");
  await shopper.page.keyboard.press("Shift+Tab");
  await shopper.page.keyboard.press("Enter");
  assert.equal((await hears(shopper.page, "sp-passkey-removed")).name, "Phone");
  assert.equal(await shopper.page.getByRole("listitem").count(), 1);
  assert.equal(await focused(shopper.page), "button.remove");
  assert.equal(await shopper.page.locator(`${LIST} [role=status]`).textContent(), "Phone was removed.");
});

test("list: a refused change keeps what was there", async () => {
  serve({ passkeys: [phone] });
  own.site.routes.set("DELETE /passkeys/p1", () => ({ status: 403 }));
  const shopper = await own.open(listPage());
  await settles(shopper.page, LIST, "ready");
  await shopper.page.getByRole("button", { name: "Remove Phone" }).click();
  await shopper.page.getByRole("button", { name: "Remove", exact: true }).click();
  await shopper.page.getByRole("alert").filter({ hasText: "did not accept that" }).waitFor();
  assert.equal(await shopper.page.getByRole("listitem").count(), 1);
  assert.equal((await heard(shopper.page, "sp-passkey-removed")).length, 0);
});

test("list: without its module the shop's words are shown", async () => {
  serve({ passkeys: [phone] });
  own.site.routes.set("/pkg/wasm/passkey.wasm", () => ({ status: 404 }));
  await assertUnavailable(await own.open(listPage()), LIST, "load.missing");
});

test("accessible in every guise: the button, its problem, the list and its questions", async () => {
  serve({ passkeys: [phone, laptop] });
  const button = await own.open(signinPage());
  await settles(button.page, SIGNIN, "ready");
  await assertAccessible(button.page);
  own.site.routes.set("POST /auth/options", () => ({ status: 500 }));
  const list = await own.open(listPage());
  await settles(list.page, LIST, "ready");
  await assertAccessible(list.page);
  const tree = await list.page.locator("main").ariaSnapshot();
  assert.match(tree, /list "Your passkeys"/);
  assert.match(tree, /button "Rename Phone"/);
  await list.page.getByRole("button", { name: "Rename Phone" }).click();
  await list.page.getByRole("button", { name: "Remove Laptop" }).click();
  await assertAccessible(list.page);
  await assertReflows(list.page);
  assertQuiet(list);
});
