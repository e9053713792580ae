/**
 * The page's side of the IAB's frameworks: `__tcfapi` and `__gpp`, which vendors' scripts ask. They take the places of the
 * stubs (`tcf-stub.js`, `gpp-stub.js`), answer what those have kept, and are told where the visitor stands.
 *
 * Neither loads a module by itself: a TC string is read when the first listener asks what it says.
 *
 * @module
 */
export { openGpp, type GppApi, type GppState } from "./lib/gpp-api.js";
export type { GppCallback, GppEvent, GppFields, GppFunction, GppPing, GppSection } from "./lib/gpp-types.js";
export { startCmp, type Cmp, type CmpOptions, type SignalAnswers, type SignalMaker, type StringReader, type ToldSignals } from "./lib/start-cmp.js";
export { openTcf, type TcfApi, type TcfOptions, type TcfState } from "./lib/tcf-api.js";
export type { ReadTcString } from "./lib/tcf-data.js";
export type { BooleanById, DisplayStatus, TCData, TcfCallback, TcfCmpStatus, TcfEventStatus, TcfFunction, TcfPing } from "./lib/tcf-types.js";
