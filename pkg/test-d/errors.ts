// One union of codes, one guard.
import { isPrivacyError, PrivacyError, privacyErrorCodes, type PrivacyErrorCode } from "storefront-privacy/consent";
import { isPrivacyError as sameGuard } from "storefront-privacy/payment";
import { holds, type Same } from "./same.js";

holds<Same<(typeof privacyErrorCodes)[number], PrivacyErrorCode>>();
holds<Same<typeof isPrivacyError, typeof sameGuard>>();
holds<Same<string extends PrivacyErrorCode ? true : false, false>>();

export function tell(caught: unknown): PrivacyErrorCode | null {
  if (!isPrivacyError(caught)) return null;
  holds<Same<typeof caught.code, PrivacyErrorCode>>();
  // @ts-expect-error there is no such code
  if (caught.code === "load.forgotten") return null;
  // @ts-expect-error a code is fixed
  caught.code = "load.blocked";
  return new PrivacyError(caught.code, caught.message, { cause: caught }).code;
}
