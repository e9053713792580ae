import type { Capability } from "./capability.js";
import { instantiate, type Core, type Explain, type Glue } from "./core.js";
import { toPrivacyError } from "./error.js";
import { claim } from "./registry.js";
import { compile, readOptions, sourceKey, type LoadOptions, type LoadSource } from "./source.js";

/** The `load()` of a capability. */
export type Load<T, O extends LoadOptions = LoadOptions> = (source?: LoadSource | O) => Promise<T>;

/** Where this package's own module is: the address of the file, or what makes the bytes of an `/inline` twin. */
export type Home = URL | (() => BufferSource);

/** What a capability's `load()` is made of. */
export interface Loader<G extends Glue, T> {
  /** Which capability it loads. */
  readonly capability: Capability;
  /** Makes a fresh glue, with state of its own. */
  readonly create: () => G;
  /** Where the module comes from when the page does not say. */
  readonly home: () => Home;
  /** Puts the verbs over the running module. */
  readonly open: (core: Core<G>) => T;
  /** The digest that the file must have, as `sha256-…`. */
  readonly integrity?: () => string | undefined;
}

/** Makes the `load()` of a capability whose module runs on the calling thread. */
export function loader<G extends Glue, T>({ capability, create, home, open, integrity }: Loader<G, T>): Load<T> {
  return (argument) => {
    const { source, signal } = readOptions(argument);
    return claim({
      capability,
      ...identify(source, home),
      signal,
      async start(abort, drop) {
        // A decision is no secret: it is what partners are told.
        return open(await instantiate(create, await obtain(source, home, abort, undefined, integrity?.()), drop, explain, !capability.startsWith("consent")));
      },
    });
  };
}

/** Why a module failed is told by a file of its own, which most pages never fetch. */
const explain: Explain = (caught, otherwise) =>
  import("./broken.js").then(
    ({ moduleFailure }) => moduleFailure(caught, otherwise),
    () => toPrivacyError(caught, "load.corrupt", otherwise),
  );

/** What a claim says of its source. */
export function identify(source: LoadSource | undefined, home: () => Home): { key: unknown; explicit: boolean } {
  if (source !== undefined) return { key: sourceKey(source), explicit: true };
  const own = home();
  return { key: own instanceof URL ? own.href : "inline", explicit: false };
}

/** The compiled module, from where the page says, else from this package's own place. */
export async function obtain(source: LoadSource | undefined, home: () => Home, signal: AbortSignal, priority?: RequestPriority, integrity?: string): Promise<WebAssembly.Module> {
  if (source !== undefined) return compile(source, signal, priority, integrity);
  const own = home();
  return compile(own instanceof URL ? own : own(), signal, priority, integrity);
}
