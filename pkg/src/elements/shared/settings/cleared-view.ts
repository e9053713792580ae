import type { ClearReport, KeptItem } from "../../../clear.js";
import { make } from "../dom.js";
import type { PrivacySettingsWords } from "../words-consent.js";
import type { RecordWords } from "../words-settings-more.js";
import { fill, listText } from "../words.js";

/** Says what was deleted, what could not be, and what ends only with the page. Nothing where there is nothing to say. */
export function drawCleared(report: ClearReport, words: RecordWords, settings: PrivacySettingsWords, language: string): Node[] {
  const { cleared, left, running, elsewhere } = report;
  const items = (list: readonly KeptItem[]): string =>
    listText([...new Set(list.map(({ kind, name }) => `${name} (${settings.kinds[kind] ?? kind})`))], language);
  const services = (list: ClearReport["running"]): string => listText(list.map(({ name }) => name), language);
  const said: Node[] = [];
  const say = (part: string, template: string, names: string): void => {
    if (names !== "") said.push(make("p", { part, class: part }, fill(template, { names })));
  };
  say("cleared", words.cleared, items(cleared));
  say("left", words.left, items(left));
  say("elsewhere", words.elsewhere, services(elsewhere));
  say("running", words.running, services(running));
  if (running.length > 0) {
    const reload = make("button", { part: "reload", type: "button" }, words.reload);
    reload.addEventListener("click", () => location.reload());
    said.push(reload);
  }
  return said;
}
