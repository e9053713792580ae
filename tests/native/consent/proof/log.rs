//! The Merkle tree against the definitions of RFC 9162 §2.1, written down once more as they stand there.

use storefront_privacy::consent::proof::log::{
    Hash, Range, append, appending, consistency, empty, extends, includes, inclusion, leaf, node, whole,
};

/// Leaves and hashes of certificate-transparency-go, `merkle/testonly`: the trees of 0 to 8 leaves.
const LEAVES: [&[u8]; 8] = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57",
    b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
];
const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

/// MTH(D[n]), RFC 9162 §2.1.1.
fn mth(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty(),
        [only] => *only,
        _ => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            node(&mth(left), &mth(right))
        }
    }
}

fn of(leaves: &[Hash], ranges: &[Range]) -> Vec<Hash> {
    let at = |number: u64| usize::try_from(number).unwrap();
    ranges.iter().map(|range| mth(&leaves[at(range.from)..at(range.to)])).collect()
}

fn hexadecimal(hash: &Hash) -> String {
    hash.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

#[test]
fn has_the_hashes_of_certificate_transparency() {
    let leaves: Vec<Hash> = LEAVES.iter().map(|data| leaf(data)).collect();
    for (size, root) in ROOTS.iter().enumerate() {
        assert_eq!(hexadecimal(&mth(&leaves[..size])), *root);
    }
}

#[test]
fn every_proof_of_every_tree_holds_and_no_other() {
    let leaves: Vec<Hash> = (0..70_u8).map(|number| leaf(&[number])).collect();
    let mut nodes = std::collections::BTreeMap::new();
    for (position, leaf) in (0..).zip(&leaves) {
        let left: Vec<Hash> = appending(position).iter().map(|subtree| nodes[subtree]).collect();
        nodes.extend(append(position, *leaf, &left));
        let size = position + 1;
        let known = &leaves[..usize::try_from(size).unwrap()];
        let root = mth(known);
        let hashes: Vec<Hash> = whole(size).subtrees().iter().map(|subtree| nodes[subtree]).collect();
        assert_eq!(Range::hash(&hashes), Some(root), "what is kept gives the tree of {size}");
        for at in 0..size {
            let proof = of(known, &inclusion(at, size));
            let leaf = &leaves[usize::try_from(at).unwrap()];
            assert!(includes(leaf, at, size, &proof, &root), "{at} of {size}");
            assert!(!includes(leaf, at, size + 1, &proof, &mth(&leaves[..1])));
            assert!(!includes(&[0; 32], at, size, &proof, &root));
            assert!(at + 1 == size || !includes(leaf, at + 1, size, &proof, &root) || size == 1);
            assert!(!includes(leaf, at, size, &[proof.as_slice(), &[root]].concat(), &root));
            assert!(proof.is_empty() || !includes(leaf, at, size, &proof[1..], &root));
        }
        for from in 1..=size {
            let before = mth(&leaves[..usize::try_from(from).unwrap()]);
            let proof = of(known, &consistency(from, size));
            assert!(extends(from, &before, size, &root, &proof), "{from} to {size}");
            assert!(!extends(from, &[0; 32], size, &root, &proof));
            assert!(!extends(from, &before, size, &[0; 32], &proof));
            assert!(!extends(from, &before, size, &root, &[proof.as_slice(), &[root]].concat()));
            assert!(proof.is_empty() || !extends(from, &before, size, &root, &proof[1..]));
        }
    }
}

#[test]
fn the_edges_of_numbers_do_no_harm() {
    let last = i64::MAX.unsigned_abs();
    assert!(inclusion(last, last).is_empty() && inclusion(0, 0).is_empty());
    assert_eq!(inclusion(last - 1, last).len(), 62);
    assert!(consistency(0, 5).is_empty() && consistency(5, 5).is_empty() && consistency(6, 5).is_empty());
    assert!(extends(0, &empty(), 7, &[1; 32], &[]) && !extends(8, &[1; 32], 7, &[1; 32], &[]));
    assert!(!includes(&[0; 32], u64::MAX, u64::MAX, &[[0; 32]; 64], &[0; 32]));
    assert!(!extends(1, &[0; 32], u64::MAX, &[0; 32], &[[0; 32]; 70]));
    assert_eq!(whole(0).subtrees(), []);
}
