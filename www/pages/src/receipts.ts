/** What the package sets while the shop has not answered a receipt. */
const due = "sp-receipts-due";

/** Keeps receipts of what is decided: loaded with the first decision, and where one still waits to be sent. */
export function keepReceiptsLater(): void {
  document.addEventListener("sp-consent-decided", ({ target }) => void keep(target instanceof Element && target.localName === "sp-privacy-settings" ? "settings" : "banner"), { once: true });
  try {
    if (localStorage.getItem(due) !== null) void keep("script");
  } catch {
    // A browser that refuses storage keeps no receipts.
  }
}

async function keep(surface: "banner" | "settings" | "script"): Promise<void> {
  const { keepReceipts } = await import("storefront-privacy/receipts");
  keepReceipts({ url: "/api/receipts", surface });
}
