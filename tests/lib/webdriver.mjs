/** A small W3C WebDriver client: what the journeys in Firefox and WebKit need, over `fetch`. */

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
const SHADOW = "shadow-6066-11e4-a52e-4f735466cecf";

/** The key codes of WebDriver's `send keys`. */
export const Key = { enter: "\uE007", tab: "\uE004", escape: "\uE00C", backspace: "\uE003", space: " " };

/** An error that the driver answered; `code` is WebDriver's own, as `no such element`. */
export class DriverError extends Error {
  constructor(code, message) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/** One browser under control. */
export class Session {
  #base;

  constructor(base) {
    this.#base = base;
  }

  /**
   * @param {string} endpoint the driver's address
   * @param {object} alwaysMatch capabilities
   */
  static async open(endpoint, alwaysMatch) {
    const value = await call("POST", `${endpoint}/session`, { capabilities: { alwaysMatch } });
    return new Session(`${endpoint}/session/${value.sessionId}`);
  }

  /** Sends one command. @returns {Promise<any>} its value */
  command(method, path, body) {
    return call(method, `${this.#base}${path}`, method === "POST" ? (body ?? {}) : undefined);
  }

  go(url) {
    return this.command("POST", "/url", { url });
  }

  url() {
    return this.command("GET", "/url");
  }

  back() {
    return this.command("POST", "/back");
  }

  refresh() {
    return this.command("POST", "/refresh");
  }

  cookies() {
    return this.command("GET", "/cookie");
  }

  clearCookies() {
    return this.command("DELETE", "/cookie");
  }

  close() {
    return this.command("DELETE", "");
  }

  /** @returns {Promise<Element>} the first match, waited for */
  find(selector, timeout = 10_000) {
    return until(`${selector} in the page`, timeout, () => this.query(selector));
  }

  /** @returns {Promise<Element | undefined>} the first match that is there now */
  async query(selector) {
    return (await this.queryAll(selector))[0];
  }

  /** @returns {Promise<Element[]>} */
  async queryAll(selector) {
    const found = await this.command("POST", "/elements", { using: "css selector", value: selector });
    return found.map((reference) => new Element(this, reference[ELEMENT]));
  }

  /** Presses one key after another, wherever the focus is. */
  async keys(text) {
    const actions = [...text].flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }]);
    await this.command("POST", "/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  }

  /** Does something in the document of a frame. */
  async within(frame, action) {
    await this.command("POST", "/frame", { id: frame });
    try {
      return await action();
    } finally {
      await this.command("POST", "/frame", { id: null });
    }
  }

  /** Runs a function in the page; what it gives, a promise too, must be JSON. */
  run(source, ...args) {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve().then(() => (${source}).apply(null, [].slice.call(arguments, 0, -1)))
        .then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    return this.command("POST", "/execute/async", { script, args }).then((outcome) => {
      if (outcome?.error !== undefined) {
        throw new DriverError("script failed", outcome.error);
      }
      return outcome?.value;
    });
  }

  /** Waits until a function in the page gives something true. */
  waitFor(source, { timeout = 10_000, args = [] } = {}) {
    return until(String(source), timeout, () => this.run(source, ...args));
  }

  /** Waits until the address matches. */
  arrive(pattern, timeout = 10_000) {
    return until(`the address ${pattern}`, timeout, async () => pattern.test(await this.url()));
  }

  /** @param {object} options as in WebAuthn Level 3 §11.3, "Add Virtual Authenticator" */
  addAuthenticator(options = {}) {
    return this.command("POST", "/webauthn/authenticator", {
      protocol: "ctap2_1",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserConsenting: true,
      isUserVerified: true,
      ...options,
    });
  }
}

/** Where an element is once its document has loaded, brought into view; nothing if something else lies over it. */
const PLACE = `const [element] = arguments;
  if (element.ownerDocument.readyState !== "complete") return null;
  element.scrollIntoView({ block: "center", behavior: "instant" });
  const [{ x, y, width, height } = {}] = element.getClientRects();
  if (width === undefined) return null;
  const met = element.getRootNode().elementFromPoint(x + width / 2, y + height / 2);
  return element.contains(met) ? [x, y, width, height] : null;`;

/** An element of the page. */
export class Element {
  constructor(session, id) {
    this.session = session;
    this.id = id;
  }

  #command(method, path, body) {
    return this.session.command(method, `/element/${this.id}${path}`, body);
  }

  /**
   * Clicks once the element stands still where a pointer would meet it: WebKit's driver clicks where it was, if the page is
   * being laid out meanwhile, and says that it has clicked.
   */
  async click() {
    let before;
    await until("the element to be met by a pointer", 10_000, async () => {
      const now = JSON.stringify(await this.session.command("POST", "/execute/sync", { script: PLACE, args: [this] }));
      const still = now === before && now !== "null";
      before = now;
      if (still) await this.#command("POST", "/click");
      return still;
    });
  }

  /** Types without clearing what is there. */
  type(text) {
    return this.#command("POST", "/value", { text });
  }

  /** WebKit's driver clears only what is in view, where the specification has it scroll there (WebDriver §12.5.2). */
  async clear() {
    const clear = () => this.#command("POST", "/clear");
    return clear().catch(async (error) => {
      if (error.code !== "element not interactable") throw error;
      await this.session.command("POST", "/execute/sync", { script: "arguments[0].scrollIntoView({ block: 'center' })", args: [{ [ELEMENT]: this.id }] });
      return clear();
    });
  }

  /** Where it is and how large, in CSS pixels: an answer that needs no script in the page. */
  rect() {
    return this.#command("GET", "/rect");
  }

  text() {
    return this.#command("GET", "/text");
  }

  attribute(name) {
    return this.#command("GET", `/attribute/${name}`);
  }

  property(name) {
    return this.#command("GET", `/property/${name}`);
  }

  /** Whether it has a box that can be seen; the drivers' own answer does not know slots. */
  displayed() {
    return this.session.run("(element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility === 'visible'", this);
  }

  enabled() {
    return this.#command("GET", "/enabled");
  }

  /** @returns {Promise<Element>} the first match inside this element's open shadow root */
  async inShadow(selector) {
    const root = (await this.#command("GET", "/shadow"))[SHADOW];
    const found = await this.session.command("POST", `/shadow/${root}/element`, { using: "css selector", value: selector });
    return new Element(this.session, found[ELEMENT]);
  }

  toJSON() {
    return { [ELEMENT]: this.id };
  }
}

/** Asks every 50 ms until the answer is true; what fails meanwhile counts as not yet. */
export async function until(what, timeout, ask) {
  const deadline = Date.now() + timeout;
  let last;
  for (;;) {
    try {
      const answer = await ask();
      if (answer) {
        return answer;
      }
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) {
      throw new Error(`waited ${timeout} ms for ${what}`, { cause: last });
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function call(method, url, body) {
  const content = body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
  const answer = await fetch(url, { method, ...content });
  const { value } = await answer.json();
  if (!answer.ok) {
    throw new DriverError(value.error, value.message);
  }
  return value;
}
