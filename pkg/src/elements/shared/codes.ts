import { isPrivacyError, type PrivacyErrorCode } from "../../lib/error.js";

/** The code of a failure; what is not one of ours is named by `otherwise`. */
export function codeOf(failure: unknown, otherwise: PrivacyErrorCode): PrivacyErrorCode {
  return isPrivacyError(failure) ? failure.code : otherwise;
}
