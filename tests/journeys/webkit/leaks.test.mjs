import { startWebKit } from "../../lib/webkit.mjs";
import { leaks } from "../leaks.mjs";

leaks({ name: "WebKitGTK", start: startWebKit, fewest: 70 });
