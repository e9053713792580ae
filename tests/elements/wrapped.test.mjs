/** Wrapped functions are to others what they were: to an error tracker that looks at them, and to a payment script that depends on them. */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { before, test } from "node:test";
import { build } from "esbuild";
import { packageSuite } from "./lib/package-suite.mjs";

const own = packageSuite();
let shopper;
let sentry;
before(async () => {
  const resolveDir = dirname(createRequire(import.meta.url).resolve("@sentry/browser/package.json"));
  const contents = 'export { init, captureException, addBreadcrumb, flush } from "@sentry/browser";';
  const { outputFiles } = await build({ stdin: { contents, resolveDir }, bundle: true, format: "iife", globalName: "Sentry", write: false, logLevel: "error" });
  sentry = outputFiles[0].text;
});

/** What a page can see of every function and setter that the gate wraps. */
const inspect = () => {
  const names = {
    window: "fetch WebSocket EventSource Audio FontFace",
    "Navigator.prototype": "sendBeacon",
    "XMLHttpRequest.prototype": "open send",
    "Document.prototype": "cookie write writeln importNode adoptNode append prepend body execCommand",
    "Storage.prototype": "setItem",
    "IDBFactory.prototype": "open",
    "CacheStorage.prototype": "open",
    "Cache.prototype": "add addAll",
    "Worklet.prototype": "addModule",
    "Node.prototype": "appendChild insertBefore replaceChild cloneNode",
    "Element.prototype": "setAttribute setAttributeNS setAttributeNode innerHTML outerHTML insertAdjacentHTML insertAdjacentElement append before after replaceWith",
    "Attr.prototype": "value",
    "NamedNodeMap.prototype": "setNamedItem setNamedItemNS",
    "HTMLTableElement.prototype": "caption tHead tFoot",
    "HTMLBodyElement.prototype": "background",
    "HTMLScriptElement.prototype": "src",
    "HTMLImageElement.prototype": "src srcset",
    "HTMLIFrameElement.prototype": "src srcdoc contentWindow contentDocument",
    "HTMLLinkElement.prototype": "href",
    "Range.prototype": "createContextualFragment insertNode",
    "Function.prototype": "toString",
  };
  const attempt = (run) => {
    try {
      return `gave ${typeof run()}`;
    } catch (error) {
      return `${error.constructor.name}: ${error.message}`;
    }
  };
  const seen = {};
  for (const [place, list] of Object.entries(names)) {
    const owner = place === "window" ? window : window[place.split(".")[0]].prototype;
    for (const name of list.split(" ")) {
      const found = Object.getOwnPropertyDescriptor(owner, name);
      const made = found.set ?? found.get ?? found.value;
      seen[`${place}.${name}`] = {
        ...Object.fromEntries(["configurable", "enumerable", "writable"].map((key) => [key, found[key]])),
        name: made.name,
        length: made.length,
        text: Function.prototype.toString.call(made),
        string: `${made}`,
        own: Reflect.ownKeys(made).map(String).sort(),
        same: (found.set ?? found.get ?? owner[name]) === made,
        constructs: made.prototype?.constructor === made,
        bare: attempt(() => made.call(undefined)),
        wrong: name === "fetch" ? "" : attempt(() => made.call({}, 1, 2)),
        few: name === "fetch" ? "" : attempt(() => made.call({})),
        anew: /^[A-Z]/.test(name) ? attempt(() => new made()) : attempt(() => Reflect.construct(made, [])),
      };
    }
  }
  return seen;
};

async function open(gate, scripts = "") {
  const tag = gate ? '<script src="/gate-full.global.js" data-policy="1" data-purposes="stats" data-rules="stats=https://stats.example" data-essential="http://127.0.0.1"></script>' : "";
  own.site.head = tag + scripts;
  // A payment page as it is today: without Trusted Types, whose refusals are tested elsewhere.
  own.site.policy = { "connect-src": "*", "img-src": "*", "frame-src": "*", "require-trusted-types-for": "" };
  shopper = await own.meet();
  await shopper.page.goto(`${own.site.origin}/`);
  return shopper.page;
}

test("names, lengths, texts, properties and errors are those of the native functions", async () => {
  const native = await (await open(false)).evaluate(inspect);
  await shopper.close();
  const wrapped = await (await open(true)).evaluate(inspect);
  assert.equal(Object.keys(native).length, 56);
  for (const name of Object.keys(native)) assert.deepEqual(wrapped[name], native[name], name);
});

test("an error tracker takes the functions for native, wraps them in turn, and reports to where it may", async () => {
  own.site.answers["/sentry.js"] = sentry;
  const received = [];
  own.site.answers["/api/1/envelope/"] = (response) => response.end("{}");
  const page = await open(true, '<script src="/sentry.js"></script>');
  await page.route("**/api/1/envelope/**", async (route) => {
    received.push(route.request().postData());
    await route.fulfill({ status: 200, body: "{}" });
  });
  const outcome = await page.evaluate(async (origin) => {
    Sentry.init({ dsn: origin.replace("//", "//key@") + "/1", tracesSampleRate: 0 });
    const refused = await fetch("https://stats.example/a").catch((error) => `${error.name}: ${error.message}`);
    const own = await fetch("/gate.js").then(({ status }) => status);
    const frames = document.querySelectorAll("iframe").length;
    setTimeout(() => {
      throw new Error("the shop's own");
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    Sentry.captureException(new Error("told"));
    await Sentry.flush(2_000);
    return { refused, own, frames };
  }, own.site.origin);
  assert.equal(outcome.refused.startsWith("TypeError: Failed to fetch"), true, outcome.refused);
  assert.equal(outcome.own, 200);
  // Where the tracker finds a function that is not native, it makes a frame to get at another one.
  assert.equal(outcome.frames, 0);
  assert.ok(received.some((text) => text.includes("told")), "the report has arrived");
  assert.ok(received.some((text) => text.includes("the shop's own")), "an error that nobody caught has arrived");
});

test("a payment script's frames, messages and requests are as they were", async () => {
  const page = await open(true);
  const outcome = await page.evaluate(async () => {
    const seen = [];
    const script = Object.assign(document.createElement("script"), { src: "/gate.js?pay", type: "module", crossOrigin: "anonymous" });
    await new Promise((resolve) => {
      script.addEventListener("load", resolve);
      document.head.appendChild(script);
    });
    seen.push(script.src.endsWith("/gate.js?pay"), script.getAttribute("src"), script.isConnected);
    const frame = document.createElement("iframe");
    frame.name = "pay-1";
    frame.setAttribute("allow", "payment *");
    seen.push(document.body.appendChild(frame) === frame, frame.contentWindow === window.frames[0], window.frames["pay-1"] === frame.contentWindow);
    frame.contentWindow.addEventListener("message", (event) => event.source.postMessage({ answer: event.data }, "*"));
    const answer = new Promise((resolve) => addEventListener("message", (event) => resolve(event.data.answer), { once: true }));
    frame.contentWindow.postMessage("card", "*");
    seen.push(await answer);
    const other = Object.assign(document.createElement("iframe"), { src: "/gate.js", sandbox: "" });
    const loaded = new Promise((resolve) => (other.onload = resolve));
    document.body.append(other);
    await loaded;
    other.contentWindow.postMessage("card", "*");
    seen.push(other.contentWindow.closed, other.contentWindow.parent === window, other.contentDocument);
    const request = new XMLHttpRequest();
    request.open("GET", "/gate.js");
    request.responseType = "text";
    await new Promise((resolve) => {
      request.onload = resolve;
      request.send();
    });
    seen.push(request.status, request.readyState, request instanceof XMLHttpRequest, request.response.length > 0);
    seen.push(new Image() instanceof HTMLImageElement, new Audio() instanceof HTMLAudioElement);
    class Own extends WebSocket {}
    const held = new Own("wss://stats.example/live");
    const ended = new Promise((resolve) => (held.onclose = ({ code }) => resolve(code)));
    seen.push(held instanceof Own, held instanceof WebSocket, held.readyState, await ended, held.readyState);
    const failed = new XMLHttpRequest();
    failed.open("POST", "https://stats.example/");
    const told = [];
    for (const type of ["readystatechange", "error", "loadend", "load"]) failed.addEventListener(type, () => told.push(`${type} ${failed.readyState} ${failed.status}`));
    failed.send("x");
    await new Promise((resolve) => failed.addEventListener("loadend", resolve));
    failed.open("GET", "/gate.js");
    seen.push(told.slice(0, 3).join(), failed.readyState);
    return seen;
  });
  assert.deepEqual(outcome, [
    true, "/gate.js?pay", true,
    true, true, true, "card",
    false, true, null,
    200, 4, true, true,
    true, true,
    true, true, 0, 1006, 3,
    "readystatechange 4 0,error 4 0,loadend 4 0", 1,
  ]);
});
