// What every page runs: the consent banner, and the list of what was looked at.
import "./styles/shop.css";
import "storefront-privacy/elements/consent-banner";
import { forgetOldChoice } from "./expiry.ts";
import { keepReceiptsLater } from "./receipts.ts";
import { showRecent } from "./recent.ts";

forgetOldChoice();
showRecent();
keepReceiptsLater();
