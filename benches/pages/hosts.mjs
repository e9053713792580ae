/** Four pages of a shop, each by itself and with the gate and the banner in it, inlined as `policy build --inline` does. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

const images = join(import.meta.dirname, "../../www/pages/images");

/** What a shop's own script does on a press: a little work, and a change that is seen. */
const app = `document.querySelector("#add").addEventListener("click", ({ target }) => {
  const until = performance.now() + 4;
  while (performance.now() < until);
  target.textContent = "Added";
});`;

const words = (count) => "Enamelled steel, fired twice at 800 degrees, for the stove, the oven and the table. ".repeat(count);

/**
 * @param {string} root the repository
 * @param {string} banner our banner's HTML, rendered ahead of time, with its sheet linked
 * @returns {Promise<{id: string, path: string, html: string, files: Record<string, string>}[]>} each page as `NAME` and `NAME with`
 */
export async function hosts(root, banner) {
  const pictures = (await readdir(images)).filter((name) => name.endsWith(".svg"));
  const picture = (at, width) => `<img src="/images/${pictures[at % pictures.length]}?${at}" width="${width}" height="${width}" alt="">`;
  const card = (at) => `<article>${picture(at, 200)}<h2>Piece ${at}</h2><p>${words(1)}</p><p>€19.99</p></article>`;
  const cards = (count) => `<div class="grid">${Array.from({ length: count }, (_, at) => card(at)).join("")}</div>`;
  const inputs = ["name", "street", "city", "postcode", "country", "phone", "email", "note"];
  const add = '<p><button id="add" type="button">Add to the cart</button></p>';
  const bodies = {
    home: `<h1>Hob and Rim</h1>${add}${picture(0, 480)}${cards(8)}`,
    product: `<h1>A lidded pot</h1>${picture(3, 560)}<p>€49.00</p>${add}<p>${words(30)}</p>`,
    list: `<h1>All pieces</h1>${add}${cards(24)}`,
    checkout: `<h1>Checkout</h1>${add}<form>${inputs.map((name) => `<p><label>${name} <input name="${name}"></label></p>`).join("")}</form><p>${words(6)}</p>`,
  };
  const [gate, sheet] = await Promise.all(["gate.global.js", "styles/banner.css"].map(async (path) => (await readFile(join(root, "pkg/dist", path), "utf8")).trim()));
  const style = `<style>${sheet}</style>`;
  const head = `${style}<script data-policy="2026-11-23" data-purposes="analytics personalisation" data-release="" data-banner="/banner/consent-banner.js">${gate}</script>`;
  const inlined = banner.replace(/<link rel="stylesheet"[^>]*>/, () => style);
  const page = (name, before, after) => `<!doctype html><html lang="en"><head><meta charset="utf-8">${before}<meta name="viewport" content="width=device-width"><title>${name}</title>
<link rel="stylesheet" href="/shop.css"><script type="module" src="/app.js"></script></head><body>${after}<main>${bodies[name]}</main></body></html>`;
  const files = { "/app.js": app, "/shop.css": "body{font:16px/1.5 system-ui;margin:0 auto;max-width:70rem}.grid{display:grid;grid-template-columns:repeat(4,1fr);gap:1rem}" };
  // As heavy as a photograph: a picture of few bytes is no candidate for the largest paint (Largest Contentful Paint, "low entropy").
  const weight = Array.from({ length: 400 }, (_, at) => createHash("sha256").update(String(at)).digest("base64")).join("");
  for (const name of pictures) files[`/images/${name}`] = `${await readFile(join(images, name), "utf8")}<!-- ${weight} -->`;
  // As a bundler of a shop makes it.
  const entryPoints = [join(root, "pkg/dist/elements/consent-banner.js")];
  const { outputFiles } = await build({ entryPoints, bundle: true, splitting: true, format: "esm", minify: true, target: "es2022", outdir: "/banner", write: false });
  for (const { path, text } of outputFiles) files[path] = text;
  return Object.keys(bodies).flatMap((name) => [
    { id: name, path: `/host/${name}`, html: page(name, "", ""), files },
    { id: `${name} with`, path: `/host/${name}-with`, html: page(name, head, inlined), files },
  ]);
}
