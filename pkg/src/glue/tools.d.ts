import type { Glue } from "../lib/core.js";

/** What the Rust core exports to JavaScript, in `src/consent/site/web.rs`. */
export interface ToolsGlue extends Glue {
  checkPolicy(text: string): string;
  buildSite(policy: string, options: string, previous?: string): string;
}

export default function create(): ToolsGlue;
