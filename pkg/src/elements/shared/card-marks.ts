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

function cardMark(brand: string): HTMLElement {
  const name = brandNames[brand] ?? brand;
  const { ground, ink, text } = MARKS[brand] ?? { ground: "#fff", ink: "#111", text: name.slice(0, 4).toUpperCase() };
  const circles = CIRCLES[brand];
  const picture = draw(
    "svg",
    { viewBox: "0 0 38 24", "aria-hidden": "true", focusable: "false" },
    draw("rect", { x: 0.5, y: 0.5, width: 37, height: 23, rx: 3.5, fill: ground, stroke: "#8b96a1" }),
    ...(circles === undefined ? [lettering(text, ink)] : overlap(circles)),
  );
  const mark = make("span", { part: "brand", class: "mark", "data-brand": brand }, picture, make("span", { class: "spoken" }, name));
  return mark;
}

function lettering(text: string, ink: string): SVGTextElement {
  return draw(
    "text",
    {
      x: 19,
      y: 15.6,
      fill: ink,
      "font-family": "system-ui, sans-serif",
      "font-size": text.length > 3 ? 10 : 11,
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
