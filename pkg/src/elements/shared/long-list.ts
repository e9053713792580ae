import { make } from "./dom.js";

/** How many rows are drawn together. */
const chunkSize = 8;

/** How high a row is taken to be before one was drawn, in pixels. */
const guessedHeight = 76;

interface Chunk {
  readonly box: HTMLElement;
  readonly from: number;
  readonly to: number;
  drawn: boolean;
}

/**
 * A list that draws only the rows near its window. Each row is told its place in the whole list (`aria-posinset`), so that a
 * screen reader counts what is not drawn; rows that hold the focus stay.
 */
export class LongList<T> {
  /** The box that scrolls. */
  readonly box: HTMLElement;
  readonly #draw: (item: T) => HTMLElement;
  readonly #near: IntersectionObserver;
  #items: readonly T[] = [];
  #chunks: Chunk[] = [];
  #rowHeight = guessedHeight;

  constructor(box: HTMLElement, draw: (item: T) => HTMLElement) {
    this.box = box;
    this.#draw = draw;
    this.#near = new IntersectionObserver((entries) => this.#see(entries), { root: box, rootMargin: "800px 0px" });
  }

  /** Shows other items, from the top. */
  show(items: readonly T[]): void {
    this.#near.disconnect();
    this.#items = items;
    this.#chunks = [];
    for (let from = 0; from < items.length; from += chunkSize) {
      const chunk = { box: make("div", { role: "presentation" }), from, to: Math.min(from + chunkSize, items.length), drawn: false };
      this.#chunks.push(chunk);
      this.#reserve(chunk, (chunk.to - from) * this.#rowHeight);
    }
    this.box.replaceChildren(...this.#chunks.map((chunk) => chunk.box));
    this.box.scrollTop = 0;
    // The first rows are there at once; an observer tells of the others after a frame.
    for (const chunk of this.#chunks.slice(0, 3)) this.#fill(chunk);
    for (const chunk of this.#chunks) this.#near.observe(chunk.box);
  }

  /** Draws the rows that are shown anew, each where it is. */
  refresh(): void {
    for (const chunk of this.#chunks) if (chunk.drawn) this.#fill(chunk);
  }

  /** Draws one item's row anew. */
  redraw(item: T): void {
    const index = this.#items.indexOf(item);
    const chunk = this.#chunks[Math.floor(index / chunkSize)];
    if (chunk?.drawn === true) chunk.box.children[index - chunk.from]?.replaceWith(this.#row(index));
  }

  #see(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      const chunk = this.#chunks.find(({ box }) => box === target);
      if (chunk === undefined || chunk.drawn === isIntersecting) continue;
      if (isIntersecting) this.#fill(chunk);
      else if (!chunk.box.matches(":focus-within")) this.#empty(chunk, boundingClientRect.height);
    }
  }

  #fill(chunk: Chunk): void {
    chunk.drawn = true;
    chunk.box.style.blockSize = "";
    chunk.box.replaceChildren(...Array.from({ length: chunk.to - chunk.from }, (_, offset) => this.#row(chunk.from + offset)));
  }

  #empty(chunk: Chunk, height: number): void {
    chunk.drawn = false;
    if (height > 0) this.#rowHeight = height / (chunk.to - chunk.from);
    this.#reserve(chunk, height);
    chunk.box.replaceChildren();
  }

  #reserve(chunk: Chunk, height: number): void {
    chunk.box.style.blockSize = `${height}px`;
  }

  #row(index: number): HTMLElement {
    const item = this.#items[index];
    if (item === undefined) throw new RangeError("expected a row of the list");
    const row = this.#draw(item);
    row.setAttribute("role", "listitem");
    row.setAttribute("aria-setsize", String(this.#items.length));
    row.setAttribute("aria-posinset", String(index + 1));
    return row;
  }
}
