// What every page runs: the consent banner, and the list of what was looked at.
import "./styles/shop.css";
import "storefront-privacy/elements/consent-banner";
import { showRecent } from "./recent.ts";

showRecent();
