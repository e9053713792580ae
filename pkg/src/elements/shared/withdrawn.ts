import { clearServices, type ClearReport } from "../../clear.js";
import { load } from "../../consent.js";
import type { Gate } from "../../gate.js";
import { isObject, request } from "./requests.js";

/** Deletes what services keep that are not allowed any more, by the policy file at this address. */
export async function clearWithdrawn(policyUrl: string, gate: Gate, endpoint: string | null): Promise<ClearReport> {
  const [consent, found] = await Promise.all([load(), request("GET", policyUrl)]);
  const policy = consent.policy(isObject(found) ? found : {});
  return clearServices(policy, (purpose) => gate.allows(purpose), endpoint === null ? {} : { endpoint });
}
