import type { SealingGlue } from "./payment.js";

export default function create(): SealingGlue;
