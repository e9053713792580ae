import js from "@eslint/js";
import tseslint from "typescript-eslint";

/** What the page's strict policy refuses, or what would let a string become code. */
const sinks = ["innerHTML", "outerHTML", "insertAdjacentHTML", "setHTMLUnsafe", "createContextualFragment", "srcdoc", "parseHTMLUnsafe"];

const refusal = "Build nodes instead: the page's policy refuses markup as text.";

export default tseslint.config(
  { ignores: ["dist/", "node_modules/"] },
  js.configs.recommended,
  {
    files: ["src/**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-import-type-side-effects": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      // A number in a message is a number; template literals are how messages are written here.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // `void` tells that a promise is not waited for, and is the short form of a callback without a value.
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/no-meaningless-void-operator": "off",
      // The library's types have everything that a browser at its newest has; a server, a worker and an older one do not.
      "@typescript-eslint/no-unnecessary-condition": "off",
      // `async` without `await` turns what is thrown into a rejection.
      "@typescript-eslint/require-await": "off",
      // An empty class stands in for HTMLElement where a server renders.
      "@typescript-eslint/no-extraneous-class": ["error", { allowEmpty: true }],
      eqeqeq: "error",
      "no-console": ["error", { allow: ["error"] }],
      "no-eval": "error",
      "no-implied-eval": "off",
      "@typescript-eslint/no-implied-eval": "error",
      "no-new-func": "error",
      "no-restricted-properties": [
        "error",
        ...["write", "writeln"].map((property) => ({ object: "document", property, message: refusal })),
        ...sinks.map((property) => ({ property, message: refusal })),
      ],
    },
  },
  {
    files: ["scripts/**/*.mjs", "bin/**/*.mjs", "*.js"],
    languageOptions: { globals: { console: "readonly", process: "readonly", Buffer: "readonly", URL: "readonly", fetch: "readonly" } },
  },
);
