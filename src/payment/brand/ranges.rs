//! Issuer ranges by the first six digits, sorted by where they begin, the wider of two that begin alike first.
//! Two ranges are apart or one lies in the other.

use super::Brand;

/// How many leading digits the table tells apart.
const DIGITS: usize = 6;

pub(super) fn find(digits: &str) -> Option<Brand> {
    let known = digits.get(..DIGITS.min(digits.len()))?;
    let rest = u32::try_from(DIGITS - known.len()).ok()?;
    let scale = 10_u32.checked_pow(rest)?;
    let first = known.parse::<u32>().ok()?.checked_mul(scale)?;
    let last = first + (scale - 1);
    // Of ranges that lie in each other, the narrowest begins last.
    RANGES
        .iter()
        .take_while(|(start, _, _)| *start <= first)
        .filter(|(_, end, _)| *end >= last)
        .last()
        .map(|(_, _, brand)| *brand)
}

/// The networks that all cards of a range belong to, the national one first: the shopper chooses.
pub(super) fn choices(digits: &str) -> &'static [Brand] {
    let first = digits.get(..DIGITS).and_then(|known| known.parse::<u32>().ok());
    let found = first.and_then(|first| CO_BRANDS.iter().find(|(from, to, _)| (*from..=*to).contains(&first)));
    found.map_or(&[], |(_, _, brands)| *brands)
}

const CO_BRANDS: &[(u32, u32, &[Brand])] = &[
    (353_000, 353_999, &[Brand::RuPay, Brand::Jcb]),
    (356_000, 356_999, &[Brand::RuPay, Brand::Jcb]),
    (457_100, 457_199, &[Brand::Dankort, Brand::Visa]),
    (497_000, 497_999, &[Brand::CartesBancaires, Brand::Visa]),
    (513_100, 513_699, &[Brand::CartesBancaires, Brand::Mastercard]),
    (622_126, 622_925, &[Brand::UnionPay, Brand::Discover]),
    (650_002, 650_027, &[Brand::Verve, Brand::Discover]),
    (670_300, 670_399, &[Brand::Bancontact, Brand::Maestro]),
];

const RANGES: &[(u32, u32, Brand)] = &[
    (100_000, 199_999, Brand::Uatp),
    (194_600, 194_699, Brand::Gpn),
    (220_000, 220_499, Brand::Mir),
    (220_500, 220_599, Brand::Borica),
    (222_100, 272_099, Brand::Mastercard),
    (300_000, 305_999, Brand::DinersClub),
    (309_500, 309_599, Brand::DinersClub),
    (340_000, 349_999, Brand::AmericanExpress),
    (352_800, 358_999, Brand::Jcb),
    (357_111, 357_111, Brand::LankaPay),
    (360_000, 369_999, Brand::DinersClub),
    (370_000, 379_999, Brand::AmericanExpress),
    (380_000, 399_999, Brand::DinersClub),
    (400_000, 499_999, Brand::Visa),
    (401_178, 401_179, Brand::Elo),
    (431_274, 431_274, Brand::Elo),
    (438_935, 438_935, Brand::Elo),
    (451_416, 451_416, Brand::Elo),
    (457_393, 457_393, Brand::Elo),
    (457_631, 457_632, Brand::Elo),
    (500_000, 509_999, Brand::Maestro),
    (501_900, 501_999, Brand::Dankort),
    (504_175, 504_175, Brand::Elo),
    (506_099, 506_198, Brand::Verve),
    (506_699, 506_778, Brand::Elo),
    (507_865, 507_964, Brand::Verve),
    (508_500, 508_999, Brand::RuPay),
    (509_000, 509_999, Brand::Elo),
    (510_000, 559_999, Brand::Mastercard),
    (560_000, 589_999, Brand::Maestro),
    (561_400, 561_499, Brand::Uzcard),
    (589_562, 589_562, Brand::Naranja),
    (601_100, 601_199, Brand::Discover),
    (604_001, 604_200, Brand::UkrCard),
    (606_282, 606_282, Brand::Hipercard),
    (606_985, 607_984, Brand::RuPay),
    (608_001, 608_500, Brand::RuPay),
    (620_000, 629_999, Brand::UnionPay),
    (627_780, 627_780, Brand::Elo),
    (630_400, 630_499, Brand::Maestro),
    (636_297, 636_297, Brand::Elo),
    (636_368, 636_368, Brand::Elo),
    (637_095, 637_095, Brand::Hipercard),
    (637_568, 637_568, Brand::Hipercard),
    (637_599, 637_599, Brand::Hipercard),
    (637_609, 637_609, Brand::Hipercard),
    (637_612, 637_612, Brand::Hipercard),
    (639_000, 639_099, Brand::Maestro),
    (644_000, 659_999, Brand::Discover),
    (650_002, 650_027, Brand::Verve),
    (650_031, 650_033, Brand::Elo),
    (650_035, 650_051, Brand::Elo),
    (650_405, 650_439, Brand::Elo),
    (650_485, 650_538, Brand::Elo),
    (650_541, 650_598, Brand::Elo),
    (650_700, 650_718, Brand::Elo),
    (650_720, 650_727, Brand::Elo),
    (650_901, 650_978, Brand::Elo),
    (651_652, 651_679, Brand::Elo),
    (652_150, 653_149, Brand::RuPay),
    (655_000, 655_019, Brand::Elo),
    (655_021, 655_058, Brand::Elo),
    (670_000, 679_999, Brand::Maestro),
    (670_300, 670_399, Brand::Bancontact),
    (810_000, 817_199, Brand::UnionPay),
    (817_200, 820_199, Brand::RuPay),
    (860_000, 860_099, Brand::Uzcard),
    (970_400, 970_499, Brand::Napas),
    (979_200, 979_299, Brand::Troy),
    (986_000, 986_099, Brand::Humo),
];

#[cfg(test)]
mod tests {
    use super::{CO_BRANDS, RANGES};

    #[test]
    fn co_brands_are_sorted_and_have_the_brand_of_their_range() {
        for pair in CO_BRANDS.windows(2) {
            assert!(pair[0].1 < pair[1].0);
        }
        for (start, end, brands) in CO_BRANDS {
            for digits in [start, end] {
                let brand = super::find(&digits.to_string()).unwrap();
                assert!(brands.contains(&brand), "{digits}");
            }
        }
    }

    #[test]
    fn ranges_are_sorted_and_apart_or_nested() {
        for pair in RANGES.windows(2) {
            let ((start, end, _), (next, next_end, _)) = (pair[0], pair[1]);
            assert!(start < next, "{start} comes before {next}");
            assert!(start <= end && next <= next_end);
        }
        for (index, (_, end, _)) in RANGES.iter().enumerate() {
            for (start, inner_end, _) in &RANGES[index + 1..] {
                assert!(start > end || inner_end <= end, "{start} crosses {end}");
            }
        }
    }
}
