// What vendors' scripts call, and the page's own side of it.
import { openGpp, openTcf, startCmp, type Cmp, type GppEvent, type GppPing, type ReadTcString, type TCData, type TcfPing } from "storefront-privacy/cmp";
import { load as strings } from "storefront-privacy/consent-iab";
import { load as signals } from "storefront-privacy/consent-signals";
import type { PrivacyError } from "storefront-privacy/gate";
import "storefront-privacy/gpp-stub.js";
import "storefront-privacy/tcf-stub.js";
import { holds, type Same } from "./same.js";

window.__tcfapi?.("ping", 2, (ping) => holds<Same<typeof ping, TcfPing | null>>());
window.__tcfapi?.("addEventListener", 2, (data, success) => {
  holds<Same<typeof data, TCData | null>>();
  holds<Same<typeof success, boolean>>();
});
// @ts-expect-error there is no such version
window.__tcfapi?.("ping", 1, () => undefined);
window.__gpp?.("ping", (ping) => holds<Same<typeof ping, GppPing | null>>());
window.__gpp?.("addEventListener", (event) => holds<Same<typeof event, GppEvent | null>>());

export function open(read: (tcString: string) => Promise<ReadTcString>): void {
  const tcf = openTcf({ cmpId: 31, cmpVersion: 1, read, vendorList: async () => ({}) });
  tcf.update({ gdprApplies: true, tcString: "", eventStatus: "cmpuishown", displayStatus: "visible" });
  // @ts-expect-error a registered id is needed
  openTcf({ cmpVersion: 1, read, vendorList: async () => ({}) });
  openGpp(1).update({ gppString: "DBAA", sectionList: [], applicableSections: [-1], parsedSections: {} });
}

export async function start(): Promise<void> {
  const cmp = await startCmp({ policy: "/privacy.json", region: "DE", signals, strings });
  holds<Same<typeof cmp, Cmp>>();
  holds<Same<typeof cmp.failure, PrivacyError | null>>();
  // @ts-expect-error the modules are brought by the page
  await startCmp({ policy: "/privacy.json" });
}
