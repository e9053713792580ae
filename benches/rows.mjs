/** What a bench row is, and how a list of them reads. */

export function median(list) {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
}

/** The interquartile range, as a share of the median. */
export function spreadOf(list) {
  const sorted = [...list].sort((a, b) => a - b);
  const quarter = Math.floor(sorted.length / 4);
  return (sorted[sorted.length - 1 - quarter] - sorted[quarter]) / median(list);
}

/**
 * @param {{id: string, unit: string, ours: number, peer: string, figure: number, target: number | null, spread?: number}} figures
 *   `target` is the largest ratio of ours to the peer's that is good enough; `null` where the row only informs
 */
export function row({ id, unit, ours, peer, figure, target, spread = 0 }) {
  const ratio = ours / figure;
  return { id, unit, ours, peer, peer_figure: figure, ratio, target, met: target === null ? null : ratio <= target, spread };
}

/** The rows as a Markdown table. */
export function table(rows) {
  const lines = rows.map(({ id, unit, ours, peer, peer_figure: figure, ratio, target, met, spread }) => {
    const cells = [id, shown(ours, unit), peer, shown(figure, unit), `${ratio.toPrecision(2)}×`, target === null ? "–" : `≤ ${Number(target.toPrecision(2))}×`];
    return `| ${[...cells, { true: "yes", false: "no", null: "–" }[met], spread === 0 ? "–" : `± ${Math.round(spread * 50)} %`].join(" | ")} |`;
  });
  return ["| row | ours | peer | peer's | ratio | target | met | spread |", "|---|---:|---|---:|---:|---:|---|---:|", ...lines].join("\n");
}

function shown(value, unit) {
  return unit === "B" ? `${Math.round(value).toLocaleString("en")} B` : `${value.toPrecision(3)} ${unit}`;
}
