/** The custom properties that a shop may set for its card fields. */
const TOKENS: readonly string[] = [
  "--sp-text",
  "--sp-muted",
  "--sp-surface",
  "--sp-border",
  "--sp-danger",
  "--sp-focus",
  "--sp-accent",
  "--sp-radius",
  "--sp-gap",
  "--sp-font",
];

/** What the fields take on from where they stand. */
const INHERITED: readonly string[] = ["color", "color-scheme", "font-family", "font-size", "line-height"];

const known: ReadonlySet<string> = new Set([...TOKENS, ...INHERITED]);

/** What the fields are to take on from where `style` was computed. */
export function tokensOf(style: CSSStyleDeclaration): Record<string, string> {
  const tokens: Record<string, string> = {};
  for (const name of known) {
    const value = style.getPropertyValue(name).trim();
    if (value !== "") tokens[name] = value;
  }
  return tokens;
}

/** Takes on the tokens that are known here and hold a plain value: no address, no escape, nothing long. */
export function setTokens(rule: CSSStyleDeclaration, tokens: Readonly<Record<string, string>>): void {
  for (const name of known) rule.removeProperty(name);
  for (const [name, value] of Object.entries(tokens)) {
    if (known.has(name) && isPlain(value)) rule.setProperty(name, value);
  }
}

function isPlain(value: unknown): value is string {
  return typeof value === "string" && value.length <= 200 && /^[\p{L}\p{N}\s#%.,()"'+*/_-]*$/u.test(value) && !/url|image|src/i.test(value);
}
