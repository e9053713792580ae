import { PrivacyError, toPrivacyError } from "./error.js";

/** What every module's glue has beside its own exports: it instantiates, and gives the module's raw exports. */
export interface Glue {
  /** Instantiates the module; resolves with its raw exports. */
  default(module: WebAssembly.Module): Promise<{ readonly memory: WebAssembly.Memory }>;
}

/** A running module, behind the one rule for what it throws. */
export interface Core<G> {
  /** What it was made from. */
  readonly module: WebAssembly.Module;
  /** Its memory. */
  readonly memory: WebAssembly.Memory;
  /**
   * Runs a verb over the module's exports; everything it throws is a {@link PrivacyError}. What it has left on the module's stack, which
   * no allocator wipes, is overwritten: the upper part, or all of it after a verb that goes deep.
   */
  call<T>(verb: (exports: Omit<G, "default">) => T, deep?: boolean): T;
}

/** Says why a module could not be started; `otherwise` where nothing else is known. */
export type Explain = (caught: unknown, otherwise: string) => Promise<PrivacyError>;

// The linker puts the stack first in memory and has it grow downwards, from the size that rustc gives it.
const STACK = 1 << 20;
const UPPER = 1 << 16;

/**
 * Instantiates a compiled module.
 *
 * After a trap the module's state is not to be trusted any more, and may still hold a secret: its memory is
 * overwritten, it is let go, `trapped` is called, and every later call fails with `module.trapped`. What fails before is for `explain`. Where nothing of what it is told is
 * `secret`, its stack is left alone between calls: to overwrite that takes as long as to read a string of the IAB's.
 */
export async function instantiate<G extends Glue>(create: () => G, module: WebAssembly.Module, trapped: () => void, explain: Explain, secret = true): Promise<Core<G>> {
  let glue: G | undefined = create();
  const { memory } = await started(glue, module, explain);
  return {
    module,
    memory,
    call(verb, deep = false) {
      if (!glue) throw new PrivacyError("module.trapped", "the module has trapped before: load it again");
      try {
        return verb(glue);
      } catch (caught) {
        if (!isTrap(caught)) throw toPrivacyError(caught, "input.invalid", "the module could not read its input");
        glue = undefined;
        new Uint8Array(memory.buffer).fill(0);
        trapped();
        throw new PrivacyError("module.trapped", "the module has trapped; its memory was overwritten", { cause: caught });
      } finally {
        const length = deep ? STACK : UPPER;
        if (secret) new Uint8Array(memory.buffer, STACK - length, length).fill(0);
      }
    },
  };
}

async function started(glue: Glue, module: WebAssembly.Module, explain: Explain): Promise<{ readonly memory: WebAssembly.Memory }> {
  try {
    return await glue.default(module);
  } catch (caught) {
    throw await explain(caught, "the module does not fit this version of the package");
  }
}

/** A trap, or an exhausted stack: both leave a module half way through a call. */
function isTrap(caught: unknown): boolean {
  return caught instanceof WebAssembly.RuntimeError || caught instanceof RangeError || (caught as Error | null)?.name === "InternalError";
}
