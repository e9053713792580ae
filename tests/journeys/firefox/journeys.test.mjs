import { startFirefox } from "../../lib/firefox.mjs";
import { journeys } from "../engines.mjs";

journeys({ name: "Firefox", start: startFirefox, hasPasskeys: true, withoutScript: { "javascript.enabled": false } });
