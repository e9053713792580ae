//! The word lists that the browser's module carries in a code of their own.

use crate::generate::Source;

#[path = "../../../src/password/web/words.rs"]
mod module;

use module::unpack;

/// As `xtask/scripts/words.mjs` codes it: `sun` and `sunday` in the first of two blocks, `moon` in the second.
const CODED: &[u8] = b"\x80moon\x80sun\x83day";
const RANKS: &[u8] = &[0, 1, 1];
const LIST: &[u8] = b"sun,sunday,moon";

#[test]
fn a_list_comes_back_in_the_order_of_its_blocks() {
    assert_eq!(unpack(CODED, RANKS, 2, LIST.len()).as_deref(), Some(LIST));
}

#[test]
fn what_is_damaged_is_refused_and_never_a_panic() {
    assert_eq!(unpack(CODED, RANKS, 2, LIST.len() + 1), None);
    assert_eq!(unpack(CODED, &RANKS[1..], 2, LIST.len()), None);
    assert_eq!(unpack(CODED, RANKS, 1, LIST.len()), None);
    assert_eq!(unpack(&CODED[1..], RANKS, 2, LIST.len()), None);
    assert_eq!(unpack(b"", b"", 0, 0), None);
    let mut random = Source::new(5);
    for _ in 0..crate::generate::cases(20_000) {
        let (mut coded, mut ranks) = (CODED.to_vec(), RANKS.to_vec());
        let at = random.below(coded.len());
        coded[at] = random.next().to_le_bytes()[0];
        let at = random.below(ranks.len());
        ranks[at] = random.next().to_le_bytes()[0] % 4;
        coded.extend(random.bytes(3));
        if let Some(text) = unpack(&coded, &ranks, random.below(4), random.below(40)) {
            assert!(text.len() < 40);
        }
    }
}
