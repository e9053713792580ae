import { brandNames } from "./brand-names.js";
import { draw, make } from "./dom.js";

interface Mark {
  readonly ground: string;
  readonly ink: string;
  readonly text: string;
}

// Plain plates with the brand's name: enough to recognise a card by, and nobody's artwork.
const MARKS: Readonly<Record<string, Mark>> = {
  visa: { ground: "#1a1f71", ink: "#fff", text: "VISA" },
  mastercard: { ground: "#fff", ink: "#111", text: "" },
  amex: { ground: "#0a63b0", ink: "#fff", text: "AMEX" },
  discover: { ground: "#fff", ink: "#111", text: "DISC" },
  diners: { ground: "#0b5394", ink: "#fff", text: "DC" },
  jcb: { ground: "#0b4ea2", ink: "#fff", text: "JCB" },
  unionpay: { ground: "#00646b", ink: "#fff", text: "UP" },
  maestro: { ground: "#fff", ink: "#111", text: "" },
  mir: { ground: "#0a6b3b", ink: "#fff", text: "MIR" },
  elo: { ground: "#111", ink: "#fff", text: "elo" },
  hipercard: { ground: "#a01722", ink: "#fff", text: "HIPER" },
  rupay: { ground: "#1b3f8b", ink: "#fff", text: "RuPay" },
  troy: { ground: "#00566b", ink: "#fff", text: "troy" },
  verve: { ground: "#8f1a1a", ink: "#fff", text: "Verve" },
  dankort: { ground: "#a3121c", ink: "#fff", text: "DK" },
  uatp: { ground: "#14284b", ink: "#fff", text: "UATP" },
  napas: { ground: "#0d5ba6", ink: "#fff", text: "NAPAS" },
  naranja: { ground: "#9a3d00", ink: "#fff", text: "NX" },
  bancontact: { ground: "#1e3764", ink: "#ffd800", text: "BC" },
  gpn: { ground: "#7c1620", ink: "#fff", text: "GPN" },
  "cartes-bancaires": { ground: "#0a5c4a", ink: "#fff", text: "CB" },
};

const CIRCLES: Readonly<Record<string, readonly [string, string, string]>> = {
  mastercard: ["#eb001b", "#f79e1b", "#ff5f00"],
  maestro: ["#0099df", "#eb001b", "#6c6bbd"],
};

/** The marks of the brands that a shop takes, with that of the card at hand standing out. */
export class BrandRow {
  readonly #text = make("span", { class: "spoken" });
  readonly #marks = make("span", { class: "marks" });
  /** The row. */
  readonly node: HTMLElement = make("p", { part: "brands", class: "brands", hidden: true }, this.#text, this.#marks);

  /** Draws the row anew; without a list of brands it shows that of the card alone. */
  show(accepted: readonly string[], brand: string | null, introduction: string): void {
    const alone = brand === null ? [] : [brand];
    const shown = accepted.length === 0 ? alone : accepted;
    this.#marks.replaceChildren(
      ...shown.map((each) => {
        const mark = cardMark(each);
        mark.dataset["faint"] = String(brand !== null && brand !== each);
        return mark;
      }),
    );
    this.#text.textContent = accepted.length === 0 ? "" : `${introduction} `;
    this.node.hidden = shown.length === 0;
  }
}

/** One brand's mark, which says its name unless that stands beside it. */
export function cardMark(brand: string, named = false): HTMLElement {
  const name = brandNames[brand] ?? brand;
  const { ground, ink, text } = MARKS[brand] ?? { ground: "#fff", ink: "#111", text: name.slice(0, 5) };
  const circles = CIRCLES[brand];
  const picture = draw(
    "svg",
    { viewBox: "0 0 38 24", "aria-hidden": "true", focusable: "false" },
    draw("rect", { x: 0.5, y: 0.5, width: 37, height: 23, rx: 3.5, fill: ground, stroke: "#8b96a1" }),
    ...(circles === undefined ? [lettering(text, ink)] : overlap(circles)),
  );
  const spoken = named ? [] : [make("span", { class: "spoken" }, name)];
  return make("span", { part: "brand", class: "mark", "data-brand": brand }, picture, ...spoken);
}

function lettering(text: string, ink: string): SVGTextElement {
  return draw(
    "text",
    {
      x: 19,
      y: 15.6,
      fill: ink,
      "font-family": "system-ui, sans-serif",
      "font-size": text.length > 4 ? 8.5 : text.length > 3 ? 10 : 11,
      "font-weight": 800,
      "text-anchor": "middle",
    },
    text,
  );
}

function overlap([left, right, middle]: readonly [string, string, string]): SVGElement[] {
  return [
    draw("circle", { cx: 15, cy: 12, r: 6.5, fill: left }),
    draw("circle", { cx: 23, cy: 12, r: 6.5, fill: right }),
    draw("path", { d: "M19 6.88a6.5 6.5 0 0 1 0 10.24 6.5 6.5 0 0 1 0-10.24Z", fill: middle }),
  ];
}
