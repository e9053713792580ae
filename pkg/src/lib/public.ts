export type { Capability } from "./capability.js";
export { isPrivacyError, PrivacyError, privacyErrorCodes, type PrivacyErrorCode } from "./error.js";
export type { Load } from "./load.js";
export type { CompiledModule, LoadOptions, LoadSource } from "./source.js";
