import { startWebKit } from "../../lib/webkit.mjs";
import { journeys } from "../engines.mjs";

journeys({ name: "WebKitGTK", start: startWebKit, hasPasskeys: false });
