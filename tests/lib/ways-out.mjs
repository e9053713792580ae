/**
 * Ways in which code in a page can send something away. Each is a function of the page that takes where to: an address of a server, and for
 * the last ones the port of a UDP listener beside it.
 */

/** The ways that leave their document as it is: any number of them can be tried in one. */
export const WAYS_OUT = {
  fetch: (url) => void fetch(url, { mode: "no-cors" }).catch(() => undefined),
  beacon: (url) => void navigator.sendBeacon(url, "card"),
  image: (url) => void (new Image().src = url),
  popup: (url) => void globalThis.open(url),
  script: (url) => document.head.append(Object.assign(document.createElement("script"), { src: trusted(url) })),
  "import()": (url) => void import(url).catch(() => undefined),
  stylesheet: (url) => document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: url })),
  prefetch: (url) => document.head.append(Object.assign(document.createElement("link"), { rel: "prefetch", href: url })),
  preload: (url) => document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "image", href: url })),
  "nested frame": (url) => document.body.append(Object.assign(document.createElement("iframe"), { src: url })),
  WebRTC: (_url, port) => {
    const connection = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${port}` }] });
    connection.createDataChannel("card");
    void connection.createOffer().then((offer) => connection.setLocalDescription(offer));
  },
  "WebRTC of a nested frame": (_url, port) => {
    const frame = document.createElement("iframe");
    document.body.append(frame);
    const connection = new frame.contentWindow.RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${port}` }] });
    connection.createDataChannel("card");
    void connection.createOffer().then((offer) => connection.setLocalDescription(offer));
  },
  XMLHttpRequest: (url) => {
    const request = new XMLHttpRequest();
    request.open("GET", url);
    request.send();
  },
  EventSource: (url) => void new EventSource(url),
  WebSocket: (url) => void new WebSocket(url.replace("http", "ws")),
  "style of a sheet": (url) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`body { background-image: url("${url}") }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  },
  font: (url) => {
    const face = new FontFace("away", `url("${url}")`);
    document.fonts.add(face);
    void face.load().catch(() => undefined);
  },
  video: (url) => document.body.append(Object.assign(document.createElement("video"), { src: url, preload: "auto" })),
  object: (url) => document.body.append(Object.assign(document.createElement("object"), { data: url, type: "text/html" })),
};

/** The ways that take their document with them. */
export const WAYS_AWAY = {
  form: (url) => {
    const form = Object.assign(document.createElement("form"), { action: url, method: "post" });
    document.body.append(form);
    form.submit();
  },
  "self-navigation": (url) => void (location.href = url),
  "top-navigation": (url) => void (top.location.href = url),
};

/**
 * Ways to a link, of which a browser looks up the name or connects to it, whatever a policy says: that alone tells whoever owns the name.
 * Each is tried in a document of its own.
 */
export const HINTS = {
  "a link that connects": (url) => document.head.append(Object.assign(document.createElement("link"), { rel: "preconnect", href: url })),
  "a link that looks up a name": (url) => document.head.append(Object.assign(document.createElement("link"), { rel: "dns-prefetch", href: url })),
  "a link with a namespace": (url) => document.head.append(Object.assign(document.createElementNS("http://www.w3.org/1999/xhtml", "link"), { rel: "preconnect", href: url })),
  "a name that changes as it is read": (url) => {
    let reads = 0;
    document.head.append(Object.assign(document.createElement({ toString: () => (reads++ === 1 ? "p" : "link") }), { rel: "preconnect", href: url }), Object.assign(document.createElement({ toString: () => (reads++ === 2 ? "p" : "link") }), { rel: "preconnect", href: url }));
  },
  "a link by hooks": (url) => {
    Object.prototype.link = true;
    globalThis.String = () => "p";
    Reflect.apply = (method, self, given) => method.call(self, ...given);
    Array.prototype[Symbol.iterator] = function* () {
      yield "link";
    };
    document.head.append(Object.assign(document.createElement("link"), { rel: "preconnect", href: url }));
  },
  "inner markup": (url) => (document.head.innerHTML = `<link rel="preconnect" href="${url}">`),
  "outer markup": (url) => (document.body.firstElementChild.outerHTML = `<link rel="preconnect" href="${url}">`),
  "adjacent markup": (url) => document.body.insertAdjacentHTML("beforeend", `<link rel="preconnect" href="${url}">`),
  "unsafe markup": (url) => document.body.setHTMLUnsafe(`<link rel="preconnect" href="${url}">`),
  "markup of a shadow root": (url) => (document.body.firstElementChild.attachShadow({ mode: "open" }).innerHTML = `<link rel="preconnect" href="${url}">`),
  "a fragment of a range": (url) => document.body.append(document.createRange().createContextualFragment(`<link rel="preconnect" href="${url}">`)),
  "a document that is parsed": (url) => document.body.append(new DOMParser().parseFromString(`<link rel="preconnect" href="${url}">`, "text/html").querySelector("link")),
  "a document that is parsed unsafely": (url) => document.body.append(Document.parseHTMLUnsafe(`<link rel="preconnect" href="${url}">`).querySelector("link")),
  "a document that is made": (url) => document.head.append(Object.assign(document.implementation.createDocument("http://www.w3.org/1999/xhtml", "link").documentElement, { rel: "preconnect", href: url })),
  "a document that is constructed": (url) => document.head.append(Object.assign(new Document().createElementNS("http://www.w3.org/1999/xhtml", "link"), { rel: "preconnect", href: url })),
  "a document that is written": (url) => document.write(`<link rel="preconnect" href="${url}">`),
  "a class of links": (url) => {
    customElements.define("a-link", class extends HTMLLinkElement {}, { extends: "link" });
    document.head.append(Object.assign(new (customElements.get("a-link"))(), { rel: "preconnect", href: url }));
  },
};

/** Tries a way in a document, as code of it would; what it throws is of no interest. */
export function attempt(document, way, url, port) {
  return document.evaluate(`(${asFunction(way, url, port)})()`).catch((error) => String(error));
}

/** The source of a function without parameters that tries a way, and gives what it throws. */
export function asFunction(way, url, port) {
  return `() => {
    const trusted = (url) => globalThis.trustedTypes?.createPolicy ? (() => { try { return trustedTypes.createPolicy("away" + Math.random(), { createScriptURL: (each) => each }).createScriptURL(url); } catch { return url; } })() : url;
    try { (${String(way)})(${JSON.stringify(url)}, ${JSON.stringify(port)}); return null; } catch (error) { return String(error); }
  }`;
}
