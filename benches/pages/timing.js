/**
 * Times every contender on every input in turn, so that whatever else the machine does hits all alike.
 *
 * @returns {Promise<number[][]>} for each contender the best time on each input, in milliseconds
 */
export async function each(contenders, inputs, repeats) {
  const best = contenders.map(() => inputs.map(() => Infinity));
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const [at, input] of inputs.entries()) {
      for (const [who, contender] of contenders.entries()) {
        const start = performance.now();
        await contender(input);
        best[who][at] = Math.min(best[who][at], performance.now() - start);
      }
    }
  }
  return best;
}
