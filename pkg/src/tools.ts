import create from "./glue/tools.js";
import bytes from "./inline/tools.js";
import { loader, type Load } from "./lib/load.js";
import { open, type Tools } from "./verbs/tools.js";

export * from "./lib/public.js";
export type { PolicyFinding, PolicyRule, Site, SiteOptions, Tools } from "./verbs/tools.js";

/**
 * Loads what the `npx storefront-privacy policy` commands do, for a build script of the shop's own. It is meant for Node: no page
 * needs it.
 */
export const load: Load<Tools> = loader({ capability: "tools", create, home: () => bytes, open });
