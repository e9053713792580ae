/** The online breach check, against a server that speaks the range protocol of Pwned Passwords. */
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { after, afterEach, before, test } from "node:test";
import { assertQuiet, heard, hears, suite } from "./lib/harness.mjs";
import { POLICY } from "./lib/site.mjs";

const TAG = "sp-password-field";
const LEAKED = "ochre walnut sails beneath gravity";
const UNSEEN = "ochre walnut sails beneath gravitas";
const own = suite();

const hash = (text) => createHash("sha1").update(text).digest("hex").toUpperCase();
const line = (suffix, count) => `${suffix}:${count}`;
const padding = () => Array.from({ length: 800 }, () => line(randomBytes(18).toString("hex").slice(0, 35).toUpperCase(), 0));

/** Like the service: every known suffix of a prefix, and padding where it is asked for. */
const range = (prefix, padded) => {
  const known = [LEAKED, "password"].map(hash).filter((each) => each.startsWith(prefix)).map((each) => line(each.slice(5), 42));
  return [...known, ...(padded ? padding() : [])].join("\r\n");
};

let service;
let asked;
let respond;
before(async () => {
  service = createServer((request, response) => {
    const cross = { "access-control-allow-origin": "*", "access-control-allow-headers": "add-padding", "access-control-max-age": "60" };
    if (request.method === "OPTIONS") return response.writeHead(204, cross).end();
    const prefix = request.url.split("/").at(-1);
    asked.push({ url: request.url, padded: request.headers["add-padding"] === "true", headers: request.headers });
    respond(response, prefix, cross);
  });
  await new Promise((resolve) => service.listen(0, "127.0.0.1", resolve));
  service.origin = `http://localhost:${service.address().port}`;
});
after(() => {
  service.closeAllConnections();
  return new Promise((resolve) => service.close(resolve));
});
afterEach(reset);
reset();

function reset() {
  asked = [];
  respond = (response, prefix, cross) => response.writeHead(200, { "content-type": "text/plain", ...cross }).end(range(prefix, true));
}

async function opened(attributes = "") {
  const markup = `<form action="/sign-up" method="post"><sp-password-field pwned="${service.origin}/range" ${attributes}>
<label for="password">Password</label><input id="password" name="password" type="password"></sp-password-field><button>Sign up</button></form>`;
  const shopper = await own.open(own.site.page(markup, { elements: ["password-field"], policy: POLICY.replace("connect-src 'self'", `connect-src 'self' ${service.origin}`) }));
  await shopper.page.locator("#password").focus();
  await shopper.page.locator(`${TAG}[state=ready]`).waitFor();
  return shopper;
}

async function leaves(shopper, text) {
  await shopper.page.locator("#password").fill(text);
  await shopper.page.locator("button", { hasText: "Sign up" }).focus();
}

const said = (shopper) => shopper.page.locator(`${TAG} [part=breach]`).textContent();

test("nothing is asked while typing; on leaving the input the first 5 digits of the hash go out, and no more", async () => {
  const shopper = await opened();
  await shopper.page.locator("#password").pressSequentially(LEAKED, { delay: 1 });
  await shopper.page.waitForTimeout(200);
  assert.deepEqual(asked, []);
  await shopper.page.keyboard.press("Tab");
  assert.deepEqual(await hears(shopper.page, "sp-password-breach"), { result: "found", count: 42 });
  assert.match(await said(shopper), /seen 42 times in data breaches/);
  assert.deepEqual(asked.map(({ url, padded }) => [url, padded]), [[`/range/${hash(LEAKED).slice(0, 5)}`, true]]);
  assert.equal(asked[0].headers.referer, undefined);
  assert.equal(JSON.stringify(asked).includes(hash(LEAKED).slice(5)), false);
  assertQuiet(shopper);
});

test("what is not found is not called safe, and padding does not count", async () => {
  const shopper = await opened();
  respond = (response, _prefix, cross) => response.writeHead(200, cross).end([line(hash(UNSEEN).slice(5), 0), ...padding()].join("\r\n"));
  await leaves(shopper, UNSEEN);
  assert.deepEqual(await hears(shopper.page, "sp-password-breach"), { result: "clear", count: 0 });
  assert.match(await said(shopper), /That alone does not make it strong/);
});

const unanswered = {
  "status 503": (response, _prefix, cross) => response.writeHead(503, cross).end(),
  "status 429": (response, _prefix, cross) => response.writeHead(429, { "retry-after": "2", ...cross }).end(),
  "a page in place of a range": (response, _prefix, cross) => response.writeHead(200, { "content-type": "text/html", ...cross }).end("<!doctype html><p>Sign in to the network"),
  "an empty answer": (response, _prefix, cross) => response.writeHead(200, cross).end(),
  "a count that is none": (response, prefix, cross) => response.writeHead(200, cross).end(`${range(prefix, true)}\r\n${hash(UNSEEN).slice(5)}:many`),
  "an answer without end": (response, _prefix, cross) => {
    response.writeHead(200, cross);
    const more = () => response.writable && !response.destroyed && response.write(`${padding().join("\r\n")}\r\n`, () => setTimeout(more, 1));
    more();
  },
  "a redirection": (response, prefix, cross) => response.writeHead(302, { location: `/elsewhere/${prefix}`, ...cross }).end(),
  "no permission for other origins": (response, prefix) => response.writeHead(200).end(range(prefix, true)),
  "a broken connection": (response) => response.destroy(),
  "an answer that is late": () => undefined,
};
for (const [name, answer] of Object.entries(unanswered)) {
  test(`${name} is told as “not checked”, and does not hold the form back`, async () => {
    const shopper = await opened("enforce");
    respond = answer;
    await leaves(shopper, UNSEEN);
    assert.deepEqual(await hears(shopper.page, "sp-password-breach"), { result: "unchecked", count: 0 });
    assert.match(await said(shopper), /^Not checked/);
    assert.equal(await shopper.page.evaluate(() => document.querySelector("form").checkValidity()), true);
  });
}

test("typing on gives up the question, and the answer about what was there is not shown", async () => {
  const shopper = await opened();
  let ended = false;
  respond = (response) => response.on("close", () => (ended = true));
  await leaves(shopper, LEAKED);
  await shopper.page.waitForFunction(() => document.querySelector("sp-password-field").shadowRoot.querySelector("[part=breach]").textContent.startsWith("Looking"));
  await shopper.page.locator("#password").fill(`${LEAKED}!`);
  assert.equal(await shopper.page.locator(`${TAG} [part=breach]`).isVisible(), false);
  await shopper.page.waitForTimeout(200);
  assert.equal(ended, true, "the request is aborted");
  assert.deepEqual(await heard(shopper.page, "sp-password-breach"), []);
});

test("with `enforce` a form that is sent waits for the answer: held back when found, sent when not", async () => {
  own.site.routes.set("POST /sign-up", () => ({ headers: { "content-type": "text/html" }, body: "<!doctype html><title>Done</title>" }));
  const shopper = await opened("enforce");
  await shopper.page.locator("#password").fill(LEAKED);
  await shopper.page.locator("#password").press("Enter");
  await hears(shopper.page, "sp-password-breach");
  assert.equal(await shopper.page.evaluate(() => document.querySelector("form").checkValidity()), false);
  assert.equal(own.site.received.some(({ path }) => path === "/sign-up"), false);
  await shopper.page.locator("#password").fill(UNSEEN);
  await shopper.page.locator("#password").press("Enter");
  await shopper.page.waitForURL("**/sign-up");
});

const fetchedAsker = () => own.site.received.some(({ path }) => /shared\/password-breach|lib\/range/.test(path));

test("the file that asks is fetched where the attribute is", async () => {
  const shopper = await opened();
  await leaves(shopper, UNSEEN);
  await hears(shopper.page, "sp-password-breach");
  assert.equal(fetchedAsker(), true);
});

test("without the attribute nobody is asked, and the file that would ask is not fetched", async () => {
  const shopper = await own.open(own.site.page(`<sp-password-field><label for="password">Password</label><input id="password" type="password"></sp-password-field><a href="#">Next</a>`, { elements: ["password-field"] }));
  await shopper.page.locator("#password").fill(LEAKED);
  await shopper.page.keyboard.press("Tab");
  await shopper.page.waitForTimeout(300);
  assert.deepEqual(asked, []);
  assert.equal(fetchedAsker(), false);
});
