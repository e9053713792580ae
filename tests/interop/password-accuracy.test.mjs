/** The command that measures accuracy: its correlation, and that it reads a reference set as it is published. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import zxcvbn from "zxcvbn";

import { accuracy } from "../../benches/accuracy.mjs";
import { weightedSpearman } from "../../benches/spearman.mjs";

const near = (found, expected) => assert.ok(Math.abs(found - expected) < 1e-9, `${found}, expected ${expected}`);

test("the correlation is 1 for the same order, -1 for the opposite, and weights and ties count", () => {
  near(weightedSpearman([1, 2, 3], [10, 200, 201], [1, 5, 1]), 1);
  near(weightedSpearman([1, 2, 3], [3, 2, -7], [4, 5, 6]), -1);
  // Without weights it is Spearman's own, of average ranks: 1, 2.5, 2.5, 4 with 1, 3, 2, 4.
  near(weightedSpearman([1, 2, 2, 3], [1, 3, 2, 4], [1, 1, 1, 1]), 4.5 / Math.sqrt(4.5 * 5));
  // A weight is as many of the same: the pair that is out of order counts double.
  near(weightedSpearman([1, 2, 3], [2, 1, 3], [2, 2, 1]), weightedSpearman([1, 1, 2, 2, 3], [2, 2, 1, 1, 3], [1, 1, 1, 1, 1]));
});

test("a set is read and measured beside zxcvbn", async () => {
  const folder = await mkdtemp(join(tmpdir(), "accuracy-"));
  const words = ["123456", "password1", "thuglife", "correct horse", "aX9$kq27Lm!0"];
  const file = (name, title, values) => writeFile(join(folder, name), `${[title, ...values].join("\n")}\n`);
  await Promise.all([
    file("0_rockyou.online.pw", "rockyou_password", words),
    file("1_rockyou.online.strength", "count", ["-9000.0", "-400.0", "-30.0", "-2.0", "-1.0"]),
    file("2_rockyou.online.weight", "weight", ["9000.0", "400.0", "30.0", "2.0", "1.0"]),
  ]);
  const [row, ...more] = await accuracy(folder, zxcvbn);
  await rm(folder, { recursive: true });
  assert.deepEqual(more, []);
  assert.deepEqual([row.name, row.passwords, row.target], ["rockyou.online", 5, 0.86]);
  near(row.ours, 1);
  assert.ok(row.zxcvbn <= 1);
});
