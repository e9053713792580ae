/** Builds the webpack consumer by webpack's own API, so that its command-line package is not needed. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const directory = process.cwd();
const webpack = createRequire(join(directory, "app.js"))("webpack");
const { default: config } = await import(pathToFileURL(join(directory, "webpack.config.js")).href);
webpack({ context: directory, ...config }, (failure, stats) => {
  if (failure) throw failure;
  console.log(stats.toString({ preset: "errors-warnings" }));
  process.exitCode = stats.hasErrors() ? 1 : 0;
});
