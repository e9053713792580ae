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

/** Tries a way in a document, as code of it would; what it throws is of no interest. */
export function attempt(document, way, url, port) {
  const source = `(() => {
    const trusted = (url) => globalThis.trustedTypes?.createPolicy ? (() => { try { return trustedTypes.createPolicy("away" + Math.random(), { createScriptURL: (each) => each }).createScriptURL(url); } catch { return url; } })() : url;
    try { (${String(way)})(${JSON.stringify(url)}, ${JSON.stringify(port)}); return null; } catch (error) { return String(error); }
  })()`;
  return document.evaluate(source).catch((error) => String(error));
}
