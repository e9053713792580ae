import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

const scripts = ["shop", "sign-up", "sign-in", "checkout", "challenge", "account", "codes", "password", "privacy", "signals"];

/** The files that the templates name and no script imports: pictures, the banner's style sheet, the gate and the stubs. */
function served(): Plugin {
  const read = (path: string): Buffer => readFileSync(new URL(path, import.meta.url));
  const packaged = (path: string): Buffer => readFileSync(fileURLToPath(import.meta.resolve(`storefront-privacy/${path}`)));
  return {
    name: "served",
    apply: "build",
    buildStart() {
      const emit = (name: string, source: Uint8Array): void => {
        this.emitFile({ type: "asset", name: name.slice(name.lastIndexOf("/") + 1), originalFileName: name, source });
      };
      for (const name of readdirSync(new URL("images", import.meta.url)).sort()) emit(`images/${name}`, read(`images/${name}`));
      emit("styles/banner.css", packaged("styles/banner.css"));
      // Classic scripts, which stand before any vendor's: only a policy that turns the IAB's frameworks on has pages name them.
      for (const name of ["tcf-stub.js", "gpp-stub.js"]) emit(`stubs/${name}`, packaged(name));
      // It holds scripts back on every page, so that its address stays the same and a page can name it by hand.
      this.emitFile({ type: "asset", fileName: "gate.js", source: packaged("gate.js") });
    },
  };
}

export default defineConfig({
  publicDir: false,
  plugins: [served()],
  build: {
    manifest: true,
    // The pages' content security policy refuses data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    rolldownOptions: { input: scripts.map((name) => `src/${name}.ts`) },
  },
});
