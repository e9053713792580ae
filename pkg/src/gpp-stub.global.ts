/*
 * The GPP stub, as a classic script before any vendor's:
 *
 *     <script src="/gpp-stub.js"></script>
 *
 * It answers what can be answered without a string, keeps listeners for the interface itself, and queues the rest
 * (GPP CMP API 1.1 "Stub Code Example"). Where a frame above has the interface, it leaves everything to that one.
 */
import { supportedSections } from "./lib/gpp-sections.js";
import { isLocated, publish } from "./lib/relay.js";

type Callback = ((value: unknown, success: boolean) => void) | null | undefined;
type Call = [command?: unknown, callback?: Callback, parameter?: unknown, version?: unknown];
interface Kept {
  readonly id: number;
  readonly callback: Callback;
  readonly parameter: unknown;
}

const holder = window as { __gpp?: (...call: Call) => unknown };
if (!holder.__gpp && !isLocated("__gpp")) {
  const queue: Call[] = [];
  const events: Kept[] = [];
  let lastId = 0;
  const stub = (...call: Call): unknown => {
    const [command, callback, parameter] = call;
    const pingData = {
      gppVersion: "1.1",
      cmpStatus: "stub",
      cmpDisplayStatus: "hidden",
      signalStatus: "not ready",
      supportedAPIs: supportedSections,
      cmpId: 0,
      sectionList: [],
      applicableSections: [],
      gppString: "",
      parsedSections: {},
    };
    const tell = (eventName: string, listenerId: unknown, data: boolean): unknown => callback?.({ eventName, listenerId, data, pingData }, true);
    if (!call.length) return queue;
    if (command === "events") return events;
    if (command === "ping") return callback?.(pingData, true);
    if (command === "addEventListener") {
      events.push({ id: ++lastId, callback, parameter });
      return tell("listenerRegistered", lastId, true);
    }
    if (command === "removeEventListener") {
      const index = events.findIndex(({ id }) => id === parameter);
      return tell("listenerRemoved", parameter, index >= 0 && !!events.splice(index, 1));
    }
    if (command === "hasSection") return callback?.(false, true);
    return void queue.push(call);
  };
  holder.__gpp = stub;
  publish("__gpp", ({ command, parameter, version }, answer) => holder.__gpp?.(command, answer, parameter, version));
}
