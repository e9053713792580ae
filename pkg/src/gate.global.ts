/*
 * The consent gate, as a classic script:
 *
 *     <script src="/gate.js" data-policy="2026-11" data-purposes="analytics" data-release="https://stats.example/s.js"></script>
 *     <script type="text/plain" data-purpose="analytics" data-src="https://stats.example/s.js"></script>
 *     <iframe data-purpose="media" data-src="https://video.example/embed/1" title="…"></iframe>
 *
 * It runs before what it holds, without a module and without a request. It releases what the page has marked when all of its
 * purposes are granted under the policy on the page; a script's address must be listed for release as well.
 */
import { publish } from "./lib/gate/publish.js";

publish();
