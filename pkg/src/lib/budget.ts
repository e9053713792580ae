import { PrivacyError } from "./error.js";

/** How long an element waits before it shows what the shop put in its `unavailable` slot, in milliseconds. */
export const readinessBudget = 3_000;

/**
 * The same promise, but rejected with `load.timeout` when it has not settled in time. What it waits for goes on:
 * keep the original promise to recover when it comes late.
 */
export function withinBudget<T>(promise: Promise<T>, milliseconds: number = readinessBudget): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new PrivacyError("load.timeout", `not ready within ${milliseconds} ms`));
    }, milliseconds);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
