// Vendors are named, and told of purposes.
import { connect, gate } from "storefront-privacy/bridges";
import "storefront-privacy/banner.js";
import "storefront-privacy/gate-full.js";
import "storefront-privacy/gate-network.js";
import { load, type PolicyFinding, type Site } from "storefront-privacy/tools";
import { holds, type Same } from "./same.js";

const end = connect(gate(), { google: { types: { ad_storage: ["marketing"] } }, uet: ["marketing"] });
holds<Same<typeof end, () => void>>();
// @ts-expect-error a type that Google does not have
connect(gate(), { google: { types: { ads: [] } } });
const tools = await load();
holds<Same<ReturnType<typeof tools.check>, readonly PolicyFinding[]>>();
holds<Same<ReturnType<typeof tools.build>, Site>>();
