import { startFirefox } from "../../lib/firefox.mjs";
import { frameWays } from "../frame-ways.mjs";

// Where nothing else is said, Firefox connects to no server of the same computer by WebRTC.
const prefs = { "media.peerconnection.ice.loopback": true };
frameWays({ name: "Firefox", start: startFirefox, prefs, lacks: ["style of a sheet"] });
