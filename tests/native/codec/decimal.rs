//! Numbers in decimal: those of the standard library.

use storefront_privacy::codec::decimal::{decimal, push};

use crate::generate::{Source, cases};

#[test]
fn numbers_are_written_as_the_standard_library_writes_them() {
    let mut source = Source::new(48);
    let extremes = [0, 1, 9, 10, 99, 100, u64::from(u32::MAX), u64::MAX - 1, u64::MAX];
    for number in extremes.into_iter().chain((0..cases(2_000)).map(|_| source.next() >> source.below(64))) {
        assert_eq!(decimal(number), number.to_string());
        for digits in [0, 1, 6, 8, 20, 30] {
            let mut text = String::from("x");
            push(&mut text, number, digits);
            assert_eq!(text, format!("x{number:0width$}", width = digits.min(20)));
        }
    }
    assert_eq!((decimal(-1_i64), decimal(usize::MAX)), (u64::MAX.to_string(), usize::MAX.to_string()));
}
