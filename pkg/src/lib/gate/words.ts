/** The words of an attribute. */
export const words = (text: string | undefined): string[] => (text ?? "").split(/\s+/).filter(Boolean);
