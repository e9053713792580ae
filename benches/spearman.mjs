/**
 * The weighted Spearman correlation of Golla and Dürmuth, "On the Accuracy of Password Strength Meters" (CCS 2018): Pearson's, weighted,
 * of ranks. A value's rank is the weight of all below it and half the weight of its ties.
 *
 * @param {readonly number[]} one
 * @param {readonly number[]} other as many
 * @param {readonly number[]} weights as many, none negative
 */
export function weightedSpearman(one, other, weights) {
  const total = sum(weights);
  const [first, second] = [one, other].map((values) => {
    const all = ranks(values, weights);
    const mean = sum(all.map((rank, index) => rank * weights[index])) / total;
    return all.map((rank) => rank - mean);
  });
  const covariance = (some, others) => sum(some.map((value, index) => value * others[index] * weights[index]));
  return covariance(first, second) / Math.sqrt(covariance(first, first) * covariance(second, second));
}

function ranks(values, weights) {
  const order = values.map((_, index) => index).sort((a, b) => values[a] - values[b]);
  const given = new Array(values.length);
  let below = 0;
  for (let at = 0; at < order.length; ) {
    const ties = [];
    while (at < order.length && values[order[at]] === values[order[at - ties.length]]) ties.push(order[at++]);
    const tied = sum(ties.map((index) => weights[index]));
    for (const index of ties) given[index] = below + tied / 2;
    below += tied;
  }
  return given;
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
