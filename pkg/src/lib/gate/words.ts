/** An address as a document reads it, the page's own unless another base is given; nothing of what is none. */
export function absolute(text: string, base: string = document.baseURI): string {
  try {
    return new URL(text, base).href;
  } catch {
    return "";
  }
}

/** The words of an attribute. */
export const words = (text: string | undefined): string[] => (text ?? "").split(/\s+/).filter(Boolean);
