/** How long an element waits before it shows what the shop put in its `unavailable` slot, in milliseconds. */
export const readinessBudget = 3_000;
