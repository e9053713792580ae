import "storefront-privacy/elements/passkey-signin";
import { forgetDpopKey } from "storefront-privacy/dpop";

// Only who is signed out comes here; whoever signs in next gets a key of their own. The page that asks to sign in again keeps it.
if (location.pathname === "/sign-in") void forgetDpopKey();
