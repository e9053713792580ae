/** The tag, and what it falls back to: by cutting from its end (RFC 4647 §3.4), and by its likely script (UTS #35). */
export function candidates(language: string): string[] {
  let locale: Intl.Locale;
  try {
    locale = new Intl.Locale(language);
  } catch {
    return [];
  }
  const likely = locale.maximize();
  const parts = locale.baseName.split("-");
  const cut = parts.map((_, index) => parts.slice(0, parts.length - index).join("-"));
  const withScript = `${likely.language}-${likely.script ?? ""}`;
  return [...cut.slice(0, -1), `${likely.language}-${likely.region ?? ""}`, withScript, ...cut.slice(-1)];
}
