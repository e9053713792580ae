/** A Merkle log and its proofs by the definitions of RFC 9162 §2.1, written without a look at the core's: everything is rebuilt from
 *  the leaves, and a proof is checked by rebuilding the tree around it. */
import { createHash } from "node:crypto";

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
export const leafHash = (data) => sha256(Buffer.of(0), data);
const nodeHash = (left, right) => sha256(Buffer.of(1), left, right);
const middleOf = (count) => 2 ** Math.ceil(Math.log2(count) - 1);

/** MTH over leaf hashes. */
export function root(leaves) {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leaves[0];
  const middle = middleOf(leaves.length);
  return nodeHash(root(leaves.slice(0, middle)), root(leaves.slice(middle)));
}

/** PATH(m, D[n]) */
export function path(position, leaves) {
  if (leaves.length < 2) return [];
  const middle = middleOf(leaves.length);
  return position < middle
    ? [...path(position, leaves.slice(0, middle)), root(leaves.slice(middle))]
    : [...path(position - middle, leaves.slice(middle)), root(leaves.slice(0, middle))];
}

/** PROOF(m, D[n]) */
export function growth(size, leaves, whole = true) {
  if (size === leaves.length) return whole ? [] : [root(leaves)];
  const middle = middleOf(leaves.length);
  return size <= middle
    ? [...growth(size, leaves.slice(0, middle), whole), root(leaves.slice(middle))]
    : [...growth(size - middle, leaves.slice(middle), false), root(leaves.slice(0, middle))];
}

/** The root that a leaf and its path lead to. */
export function rootThrough(leaf, position, size, proof) {
  if (size === 1) {
    if (proof.length > 0) throw new Error("the proof is too long");
    return leaf;
  }
  const sibling = proof.at(-1);
  if (sibling === undefined) throw new Error("the proof is too short");
  const middle = middleOf(size);
  return position < middle
    ? nodeHash(rootThrough(leaf, position, middle, proof.slice(0, -1)), sibling)
    : nodeHash(sibling, rootThrough(leaf, position - middle, size - middle, proof.slice(0, -1)));
}

/** The old and the new root that a consistency proof leads to. */
export function rootsThrough(from, size, oldRoot, proof, whole = true) {
  if (from === size) return whole ? [oldRoot, oldRoot] : [proof[0], proof[0]];
  const sibling = proof.at(-1);
  const middle = middleOf(size);
  if (from <= middle) {
    const [old, left] = rootsThrough(from, middle, oldRoot, proof.slice(0, -1), whole);
    return [old, nodeHash(left, sibling)];
  }
  const [old, right] = rootsThrough(from - middle, size - middle, oldRoot, proof.slice(0, -1), false);
  return [nodeHash(sibling, old), nodeHash(sibling, right)];
}
