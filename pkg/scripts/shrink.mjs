// What esbuild leaves of a script, made smaller still: terser sees through functions that are called once, esbuild does not.
import { minify } from "terser";

/** The script again. A module is read as UTF-8 by every browser; a classic script is in its page's encoding, and stays ASCII. */
export async function shrink(code, { module }) {
  const { code: small } = await minify(code, {
    module,
    toplevel: true,
    ecma: 2022,
    compress: { passes: 3 },
    format: { ascii_only: !module },
  });
  return `${small}\n`;
}
