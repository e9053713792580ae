// The typed side of the classic script, and the script as a side effect.
import { findGate, gate, type Decision, type Gate } from "storefront-privacy/gate";
import "storefront-privacy/gate.js";
import { holds, type Same } from "./same.js";

holds<Same<ReturnType<typeof gate>, Gate>>();
holds<Same<ReturnType<typeof findGate>, Gate | undefined>>();
holds<Same<Gate["decision"], Decision | null>>();

const unsubscribe = gate().subscribe((decision) => holds<Same<typeof decision, Decision | null>>());
holds<Same<typeof unsubscribe, () => void>>();
// @ts-expect-error a decision is made by `decide`
gate().decision = null;
// @ts-expect-error purposes come as a list
gate().decide("analytics");
// @ts-expect-error what was observed is read
gate().observed = [];
holds<Same<Gate["model"], "opt-in" | "opt-out">>();
holds<Same<ReturnType<Gate["waits"]>, readonly string[]>>();
