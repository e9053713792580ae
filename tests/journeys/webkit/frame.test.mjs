import { startWebKit } from "../../lib/webkit.mjs";
import { frameWays } from "../frame-ways.mjs";

frameWays({ name: "WebKitGTK", start: startWebKit, lacks: ["WebRTC", "WebRTC of a nested frame", "popup", "prefetch"] });
