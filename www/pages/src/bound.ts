// The account's calls by script carry proofs of a key that does not leave this browser: a copied cookie alone is no use for them.
// Imported before the elements, so that none of them calls without.
import { boundFetch, dpopKey, sendElementsWith } from "storefront-privacy/dpop";

/** How long after signing in a session can be bound, in seconds. */
const recent = 290;

async function bind(): Promise<typeof fetch> {
  const bound = boundFetch(await dpopKey());
  // Its answer brings the nonce for those that follow.
  const session: unknown = await (await bound("/api/session")).json();
  if (canBind(session)) await bound("/api/session/key", { method: "POST" });
  return bound;
}

function canBind(session: unknown): boolean {
  if (typeof session !== "object" || session === null || !("bound" in session) || !("authenticated_at" in session)) return false;
  return session.bound !== true && typeof session.authenticated_at === "number" && Date.now() / 1_000 - session.authenticated_at < recent;
}

// A browser that keeps no key calls without, and its session is not bound.
const ready = bind().catch(() => (...request: Parameters<typeof fetch>) => fetch(...request));
sendElementsWith(async (input, init) => (await ready)(input, init));
