import { load } from "/pkg/password.js";

/** Every meter in one worker, on every password; then ours from the page, through the worker that the package ships. */
export async function run({ set, hard }, repeats) {
  const inside = await new Promise((resolve, reject) => {
    const worker = new Worker("/bench/password-inside.js", { type: "module" });
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage({ set, hard, repeats });
  });
  const ours = await load();
  const asked = set.map(() => Infinity);
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const [at, password] of set.entries()) {
      const start = performance.now();
      await ours.estimate(password);
      asked[at] = Math.min(asked[at], performance.now() - start);
    }
  }
  return { ...inside, asked };
}
