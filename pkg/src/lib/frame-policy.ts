/**
 * Whether the page's policy keeps every frame from being navigated (`frame-src 'none'`, by itself or by what it falls back to, CSP 3
 * §6.7.2): without it, code within a sandboxed frame could carry what it knows away in an address.
 *
 * Script cannot read the policy that holds for its page. What its server gives for the page's address is asked for once; where it
 * does not say so, or does not answer, the answer is no.
 */
export async function framesAreBound(): Promise<boolean> {
  const metas = [...document.querySelectorAll<HTMLMetaElement>('head > meta[http-equiv="Content-Security-Policy" i]')];
  if (metas.some(({ content }) => binds(content))) return true;
  // The page that was loaded, whatever address script has put in its place since.
  const [navigation] = performance.getEntriesByType("navigation");
  try {
    const { headers, url } = await fetch(navigation?.name ?? location.href, { method: "HEAD", cache: "no-store", redirect: "error" });
    return url !== "" && (headers.get("content-security-policy") ?? "").split(",").some(binds);
  } catch {
    return false;
  }
}

function binds(policy: string): boolean {
  const directives = new Map<string, string>();
  for (const directive of policy.split(";")) {
    const [name = "", ...values] = directive.trim().split(/\s+/);
    if (!directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), values.join(" ").toLowerCase());
  }
  const found = directives.get("frame-src") ?? directives.get("child-src") ?? directives.get("default-src");
  return found === "'none'" || found === "";
}
