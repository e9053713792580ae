/*
 * `<sp-consent-banner>` with all that it needs, in one classic script: for a page without a bundler, where every module of its own
 * would be a request.
 */
import "./elements/consent-banner.js";
