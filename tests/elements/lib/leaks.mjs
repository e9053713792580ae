/**
 * Ways in which a page asks another origin for something, or keeps something. `html` is markup of the page as a parser meets it,
 * `run` a script of the page; `{url}` stands for an address of an origin that waits, another one in each page.
 *
 * Every page is opened with the gate, and nothing may reach that origin, and without it, when something must: a page that asks for
 * nothing proves nothing.
 */
export const CASES = {
  // Scripts
  "script: marked in the page": { html: `<script type="text/plain" data-purpose="stats" data-src="{url}"></script>`, silent: true },
  "script: made and appended": { run: `const s = document.createElement("script"); s.src = "{url}"; document.head.append(s)` },
  "script: address set after it is in the page": { run: `const s = document.createElement("script"); document.head.append(s); s.src = "{url}"` },
  "script: by setAttribute": { run: `const s = document.createElement("script"); s.setAttribute("SRC", "{url}"); document.body.appendChild(s)` },
  "script: by an attribute node": { run: `const s = document.createElement("script"); const a = document.createAttribute("src"); a.value = "{url}"; s.setAttributeNode(a); document.body.append(s)` },
  "script: by an attribute's value": { run: `const s = document.createElement("script"); s.setAttribute("src", "/own.js"); s.getAttributeNode("src").value = "{url}"; document.body.append(s)` },
  "script: with the address of the protocol": { run: `const s = document.createElement("script"); s.src = "{url}".replace("http:", ""); document.body.append(s)` },
  "script: of a module": { run: `const s = document.createElement("script"); s.type = "module"; s.src = "{url}"; document.body.append(s)` },
  "script: cloned": { run: `const s = document.createElement("script"); s.src = "{url}"; document.body.append(s.cloneNode(true))` },
  "script: out of a template": { html: `<template id="t"><script src="{url}"></script></template>`, run: `document.body.append(document.querySelector("#t").content.cloneNode(true))` },
  "script: imported from a template": { html: `<template id="t"><script src="{url}"></script></template>`, run: `document.body.append(document.importNode(document.querySelector("#t").content, true))` },
  "script: in a fragment of a range": { run: `document.body.append(document.createRange().createContextualFragment('<script src="{url}"></'+'script>'))` },
  "script: written while parsing": { html: `<script>document.write('<script src="{url}"></'+'script>')</script>` },
  "script: written in two pieces": { html: `<script>document.write('<scr'); document.write('ipt src="{url}"></'+'script>')</script>` },
  "script: with a name written in entities": { html: `<script>document.write('<script src="{url}"></'+'script>'.replace("/", "&#47;").replace("&#47;", "/"))</script>` },
  "script: inserted before another": { run: `const s = document.createElement("script"); s.src = "{url}"; const first = document.getElementsByTagName("script")[0]; first.parentNode.insertBefore(s, first)` },
  "script: in the place of another": { run: `const s = document.createElement("script"); s.src = "{url}"; const p = document.createElement("p"); document.body.append(p); p.replaceWith(s)` },
  "script: within a shadow root": { run: `const h = document.createElement("div"); document.body.append(h); const s = document.createElement("script"); s.src = "{url}"; h.attachShadow({ mode: "open" }).append(s)` },
  "script: parsed elsewhere and moved here": { run: `const d = new DOMParser().parseFromString('<img src="{url}">', "text/html"); document.body.append(d.querySelector("img"))` },
  "script: in SVG": { run: `const s = document.createElementNS("http://www.w3.org/2000/svg", "script"); s.setAttributeNS("http://www.w3.org/1999/xlink", "xlink:href", "{url}"); const g = document.createElementNS("http://www.w3.org/2000/svg", "svg"); g.append(s); document.body.append(g)` },
  "script: made in a frame and moved here": { run: `const f = document.createElement("iframe"); document.body.append(f); const s = f.contentDocument.createElement("script"); s.src = "{url}"; document.body.append(s)` },
  "script: late": { run: `setTimeout(() => { const s = document.createElement("script"); s.async = true; s.src = "{url}"; document.head.append(s) }, 50)` },
  // Frames
  "iframe: marked in the page": { html: `<iframe data-purpose="stats" data-src="{url}" title="Video"></iframe>`, silent: true },
  "iframe: made and appended": { run: `const f = document.createElement("iframe"); f.src = "{url}"; document.body.append(f)` },
  "iframe: address changed later": { run: `const f = document.createElement("iframe"); document.body.append(f); f.src = "{url}"` },
  "iframe: as markup": { run: `document.body.insertAdjacentHTML("beforeend", '<iframe src="{url}"></iframe>')` },
  "iframe: with a document of its own": { run: `const f = document.createElement("iframe"); f.srcdoc = '<img src="{url}">'; document.body.append(f)` },
  "object": { run: `const o = document.createElement("object"); o.data = "{url}"; document.body.append(o)` },
  "embed": { run: `const e = document.createElement("embed"); e.src = "{url}"; document.body.append(e)` },
  // Images and media
  "pixel: marked in the page": { html: `<img data-purpose="stats" data-src="{url}" alt="">`, silent: true },
  "pixel: never in the page": { run: `new Image().src = "{url}"` },
  "pixel: by setAttribute": { run: `document.createElement("img").setAttribute("src", "{url}")` },
  "pixel: by srcset": { run: `document.createElement("img").srcset = "/own.png 1x, {url} 2x"; const i = document.createElement("img"); i.srcset = "{url} 1x"` },
  "pixel: as markup": { run: `document.createElement("div").innerHTML = '<p><img src="{url}"></p>'` },
  "pixel: in the place of an element's markup": { run: `const p = document.createElement("p"); document.body.append(p); p.outerHTML = '<img src="{url}">'` },
  "pixel: with its address in entities": { run: `document.createElement("div").innerHTML = '<img src="{url}">'.replace("http", "&#104;ttp")` },
  "pixel: in a picture": { run: `document.body.insertAdjacentHTML("beforeend", '<picture><source srcset="{url}"><img alt=""></picture>')` },
  "image in SVG": { run: `document.body.insertAdjacentHTML("beforeend", '<svg><image href="{url}" width="1" height="1"/></svg>')` },
  "image button": { run: `const i = document.createElement("input"); i.type = "image"; i.src = "{url}"; document.body.append(i)` },
  "audio": { run: `new Audio("{url}").load()` },
  "video's poster": { run: `const v = document.createElement("video"); v.poster = "{url}"; document.body.append(v)` },
  // Style sheets and hints
  "style sheet: marked in the page": { html: `<link rel="stylesheet" data-purpose="stats" data-href="{url}">`, silent: true },
  "style sheet: made and appended": { run: `const l = document.createElement("link"); l.rel = "stylesheet"; l.href = "{url}"; document.head.append(l)` },
  "style sheet: as markup": { run: `document.head.insertAdjacentHTML("beforeend", '<link rel="stylesheet" href="{url}">')` },
  "preload": { run: `const l = document.createElement("link"); l.rel = "preload"; l.as = "script"; l.href = "{url}"; document.head.append(l)` },
  "prefetch": { run: `const l = document.createElement("link"); l.href = "{url}"; l.rel = "prefetch"; document.head.append(l)` },
  "module preload": { run: `const l = document.createElement("link"); l.rel = "modulepreload"; l.href = "{url}"; document.head.append(l)` },
  "preconnect": { run: `const l = document.createElement("link"); l.rel = "preconnect"; l.href = "{url}"; document.head.append(l)`, silent: true },
  // What scripts send
  "fetch": { run: `fetch("{url}").catch(() => undefined)` },
  "fetch: of a request": { run: `fetch(new Request("{url}", { mode: "no-cors", keepalive: true })).catch(() => undefined)` },
  "fetch: out of a new frame": { run: `const f = document.createElement("iframe"); document.body.append(f); f.contentWindow.fetch("{url}").catch(() => undefined)` },
  "fetch: out of a frame written as markup": { run: `const d = document.createElement("div"); document.body.append(d); d.innerHTML = "<iframe></iframe>"; d.firstChild.contentWindow.fetch("{url}").catch(() => undefined)` },
  "XHR": { run: `const x = new XMLHttpRequest(); x.open("POST", "{url}"); x.send("a")` },
  "XHR: before the page goes on": { run: `const x = new XMLHttpRequest(); x.open("GET", "{url}", false); try { x.send() } catch {}` },
  "beacon": { run: `navigator.sendBeacon("{url}", "a")` },
  "beacon: when the page is left": { run: `addEventListener("pagehide", () => navigator.sendBeacon("{url}", "a")); setTimeout(() => location.assign("/left"), 50)` },
  "web socket": { run: `new WebSocket("{url}".replace("http", "ws"))` },
  "event source": { run: `new EventSource("{url}")` },
};

/** What no script of a page can stop; docs/consent.md names them, and what does: the content security policy. */
export const IMPOSSIBLE = {
  "markup that the parser meets": { html: `<img src="{url}" alt="">` },
  "url() in a style sheet": { run: `const s = document.createElement("style"); s.textContent = 'body { background: url("{url}") }'; document.head.append(s)` },
  "url() in a style attribute": { run: `document.body.style.backgroundImage = 'url("{url}")'` },
  "fetch within a worker": { run: `new Worker(URL.createObjectURL(new Blob(['fetch("{url}").catch(() => undefined)'])))` },
  "import()": { run: `import("{url}").catch(() => undefined)` },
  "a form that is sent": { run: `const f = document.createElement("form"); f.action = "{url}"; document.body.append(f); f.submit()` },
  "leaving for another page": { run: `location.assign("{url}")` },
  "an SVG attribute's animated value": { run: `const g = document.createElementNS("http://www.w3.org/2000/svg", "svg"); const i = document.createElementNS("http://www.w3.org/2000/svg", "image"); g.append(i); document.body.append(g); i.setAttribute("width", "1"); i.setAttribute("height", "1"); i.href.baseVal = "{url}"` },
};
