/** Whether two types are the very same, `any` told from everything else. */
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles for `true` alone. */
export function holds<T extends true>(): T | undefined {
  return undefined;
}
