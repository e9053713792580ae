import { startFirefox } from "../../lib/firefox.mjs";
import { leaks } from "../leaks.mjs";

leaks({ name: "Firefox", start: startFirefox, fewest: 70 });
