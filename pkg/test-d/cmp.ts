// What vendors' scripts call, and the page's own side of it.
import { openGpp, openTcf, type GppEvent, type GppPing, type ReadTcString, type TCData, type TcfPing } from "storefront-privacy/cmp";
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
