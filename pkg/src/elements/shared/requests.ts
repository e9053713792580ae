import { PrivacyError } from "../../lib/error.js";
import type { PrivacyErrorCode } from "../../lib/error.js";
import { send } from "../../lib/send.js";

/** What a refused request turns into, by kind of failure. */
export interface RequestCodes {
  /** The server could not be reached. */
  readonly unreachable: PrivacyErrorCode;
  /** The server answered, and said no. */
  readonly refused: PrivacyErrorCode;
  /** What it may say of why, by a code of ours. */
  readonly named?: readonly PrivacyErrorCode[];
}

const DEFAULTS: RequestCodes = { unreachable: "network.failed", refused: "network.failed" };

/**
 * Asks the shop's own server, in JSON, with its cookies. A body is sent as JSON; an empty answer is `undefined`. A refusal's `cause` is the
 * code in the server's problem (RFC 9457), where it has one.
 */
export async function request(
  method: "GET" | "POST" | "PATCH" | "DELETE",
  url: string,
  body?: unknown,
  codes: RequestCodes = DEFAULTS,
): Promise<unknown> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (body !== undefined) headers["content-type"] = "application/json";
  let response: Response;
  try {
    response = await send(url, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      credentials: "same-origin",
      cache: "no-store",
    });
  } catch (cause) {
    throw new PrivacyError(codes.unreachable, `${method} did not reach the server`, { cause });
  }
  if (!response.ok) {
    const cause = codes.named === undefined ? undefined : await problemCode(response);
    const code = codes.named?.find((known) => known === cause) ?? codes.refused;
    throw new PrivacyError(code, `${method} was answered with ${response.status}`, { cause });
  }
  try {
    const text = await response.text();
    return text === "" ? undefined : (JSON.parse(text) as unknown);
  } catch (cause) {
    throw new PrivacyError(codes.refused, `${method} was answered with something other than JSON`, { cause });
  }
}

async function problemCode(response: Response): Promise<string | undefined> {
  const problem: unknown = await response.json().catch(() => undefined);
  const code = isObject(problem) ? problem["code"] : undefined;
  return typeof code === "string" ? code : undefined;
}

/** Whether a value is an object whose members can be looked at. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
