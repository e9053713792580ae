const sheets = new Map<string, CSSStyleSheet>();

/** Gives a shadow root, or a document of ours, its style sheets; elements of one kind share one parsed sheet. */
export function adopt(root: DocumentOrShadowRoot, texts: readonly string[]): void {
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...texts.map(shared)];
}

function shared(text: string): CSSStyleSheet {
  let sheet = sheets.get(text);
  if (sheet === undefined) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    sheets.set(text, sheet);
  }
  return sheet;
}

/**
 * A rule of a shadow root's own, for values that change as the element works.
 * A `style` attribute would need `'unsafe-inline'` in the page's policy.
 */
export function ownRule(root: DocumentOrShadowRoot, selector: string): CSSStyleDeclaration {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`${selector} {}`);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const rule = sheet.cssRules[0];
  if (!(rule instanceof CSSStyleRule)) throw new TypeError("expected one style rule");
  return rule.style;
}
