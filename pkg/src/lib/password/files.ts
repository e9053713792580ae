/** Where this package's own data files are: the most used passwords, and the filters of leaked ones by the fewest code points they know. */
export const files = {
  top: (): URL => new URL("../../data/password-list.bin", import.meta.url),
  long: (): URL => new URL("../../data/password-list-long.bin", import.meta.url),
  8: (): URL => new URL("../../data/password-leaked-8.bin", import.meta.url),
  15: (): URL => new URL("../../data/password-leaked-15.bin", import.meta.url),
} as const;
