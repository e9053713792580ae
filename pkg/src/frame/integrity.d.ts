/** The digest of the frame's script, as Subresource Integrity and CSP write it. */
declare const integrity: string;
export default integrity;
