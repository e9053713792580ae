/** An address of this page's, as the browser reads it; `undefined` for what is none. */
export function address(text: string): URL | undefined {
  try {
    return new URL(text, document.baseURI);
  } catch {
    return undefined;
  }
}

/** The words of an attribute. */
export const words = (text: string | undefined): string[] => (text ?? "").split(/\s+/).filter(Boolean);
