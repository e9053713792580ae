//! The filters of leaked passwords.

use storefront_privacy::password::breach::{FROM_8, FROM_15, Filter, is_leaked, leaked};

use crate::generate::{Source, cases};

#[test]
fn takes_four_in_a_thousand_others_for_leaked() {
    for bytes in [FROM_8, FROM_15] {
        let filter = Filter::read(bytes).unwrap();
        let mut taken = 0;
        for number in 0..1_000_000 {
            taken += u32::from(leaked(&filter, &format!("another password {number}")));
        }
        // 3,906 are expected; five standard deviations to either side.
        assert!((3_594..=4_218).contains(&taken), "{taken}");
    }
}

#[test]
fn knows_what_is_long_enough() {
    let (eight, fifteen) = (Filter::read(FROM_8).unwrap(), Filter::read(FROM_15).unwrap());
    assert_eq!((eight.len(), eight.least(), fifteen.len(), fifteen.least()), (39_330, 8, 9_747, 15));
    assert!(leaked(&eight, "trustno1") && leaked(&fifteen, "qwertyuiop12345"));
    assert!(!leaked(&eight, "123456") && !leaked(&fifteen, "trustno1"));
    assert!(is_leaked("trustno1") && !is_leaked("") && !is_leaked(&"x".repeat(1_000_000)));
}

#[test]
fn damage_is_noticed() {
    let mut source = Source::new(29);
    for _ in 0..cases(500) {
        let mut bytes = FROM_15.to_vec();
        match source.below(3) {
            0 => bytes.truncate(source.below(bytes.len())),
            1 => {
                let place = source.below(bytes.len());
                bytes[place] ^= 1 << source.below(8);
            }
            _ => bytes = source.bytes(60),
        }
        assert_eq!(Filter::read(&bytes).unwrap_err().code(), "load.corrupt");
    }
}
