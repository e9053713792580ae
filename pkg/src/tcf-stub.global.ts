/*
 * The TCF stub, as a classic script before any vendor's:
 *
 *     <script src="/tcf-stub.js"></script>
 *
 * It keeps what vendors ask until the interface itself is there, and answers `ping` at once (CMP API v2, "Stub
 * Script"). Where a frame above has the interface, it leaves everything to that one.
 */
import { isLocated, publish } from "./lib/relay.js";

type Callback = ((value: unknown, success: boolean) => void) | null | undefined;
type Call = [command?: unknown, version?: unknown, callback?: Callback, parameter?: unknown];

const holder = window as { __tcfapi?: (...call: Call) => unknown };
if (!holder.__tcfapi && !isLocated("__tcfapi")) {
  const queue: Call[] = [];
  const stub = (...call: Call): unknown => {
    if (!call.length) return queue;
    if (call[0] === "ping") return call[2]?.({ cmpLoaded: false, cmpStatus: "stub" }, true);
    return void queue.push(call);
  };
  holder.__tcfapi = stub;
  publish("__tcfapi", ({ command, version, parameter }, answer) => holder.__tcfapi?.(command, version, answer, parameter));
}
