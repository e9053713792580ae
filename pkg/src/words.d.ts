/** One language's words, made by the build from `src/consent/words`. */
declare module "*.words.js" {
  const words: unknown;
  export default words;
}
