//! The squares of a QR code: its fixed patterns, the codewords in their zigzag, and the mask that reads best (ISO/IEC 18004 §6.3,
//! §7.7 to §7.10).

/// Level M, in the bits of the format information (table 12).
const LEVEL: u32 = 0;

/// A square of squares.
pub(super) struct Grid {
    pub(super) size: usize,
    dark: Vec<bool>,
    fixed: Vec<bool>,
}

impl Grid {
    /// The code of a version with these codewords.
    pub(super) fn draw(version: usize, codewords: &[u8]) -> Self {
        let size = version * 4 + 17;
        let mut grid = Self { size, dark: vec![false; size * size], fixed: vec![false; size * size] };
        grid.patterns(version);
        grid.fill(codewords);
        let (mut best, mut least) = (0, usize::MAX);
        for mask in 0..8 {
            grid.mask(mask);
            let penalty = grid.penalty();
            if penalty < least {
                (best, least) = (mask, penalty);
            }
            // Twice is never: it inverts what it inverted.
            grid.mask(mask);
        }
        grid.mask(best);
        grid
    }

    #[inline(never)]
    pub(super) fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.size && self.dark.get(y * self.size + x).copied().unwrap_or_default()
    }

    #[inline(never)]
    fn fix(&mut self, x: usize, y: usize, dark: bool) {
        let place = y * self.size + x;
        if let (true, Some(square), Some(fixed)) =
            (x < self.size, self.dark.get_mut(place), self.fixed.get_mut(place))
        {
            *square = dark;
            *fixed = true;
        }
    }

    fn patterns(&mut self, version: usize) {
        let last = self.size - 1;
        for at in 0..self.size {
            self.fix(6, at, at.is_multiple_of(2));
            self.fix(at, 6, at.is_multiple_of(2));
        }
        for (x, y) in [(3, 3), (last - 3, 3), (3, last - 3)] {
            self.rings(x, y, 4);
        }
        let places = alignments(version, self.size);
        let corners = [(6, 6), (6, last - 6), (last - 6, 6)];
        for x in &places {
            for y in &places {
                if !corners.contains(&(*x, *y)) {
                    self.rings(*x, *y, 2);
                }
            }
        }
        // The places are taken before the codewords are; the mask is not known yet.
        self.format(0);
        if version >= 7 {
            let bits = u32::try_from(version).unwrap_or_default();
            let bits = bits << 12 | remainder(bits, 12, 0x1f25);
            for bit in 0..18 {
                let dark = bits >> bit & 1 == 1;
                let (long, short) = (self.size - 11 + bit % 3, bit / 3);
                self.fix(long, short, dark);
                self.fix(short, long, dark);
            }
        }
    }

    /// A finder pattern with its light border (reach 4), or an alignment pattern (reach 2), around a square.
    fn rings(&mut self, x: usize, y: usize, reach: usize) {
        for row in (y + reach).saturating_sub(2 * reach)..=y + reach {
            for column in (x + reach).saturating_sub(2 * reach)..=x + reach {
                let far = column.abs_diff(x).max(row.abs_diff(y));
                if far <= reach && row < self.size {
                    self.fix(column, row, if reach == 4 { far != 2 && far != 4 } else { far != 1 });
                }
            }
        }
    }

    /// Level and mask, twice, and the one dark square (§7.9).
    fn format(&mut self, mask: u32) {
        let bits = LEVEL << 3 | mask;
        let bits = (bits << 10 | remainder(bits, 10, 0x537)) ^ 0x5412;
        for bit in 0..15 {
            let dark = bits >> bit & 1 == 1;
            match bit {
                0..=5 => self.fix(8, bit, dark),
                6 | 7 => self.fix(8, bit + 1, dark),
                8 => self.fix(7, 8, dark),
                _ => self.fix(14 - bit, 8, dark),
            }
            if bit < 8 {
                self.fix(self.size - 1 - bit, 8, dark);
            } else {
                self.fix(8, self.size - 15 + bit, dark);
            }
        }
        self.fix(8, self.size - 8, true);
    }

    /// Up and down in columns of two, from the right; what is fixed is passed over (§7.7.3).
    fn fill(&mut self, codewords: &[u8]) {
        let mut bits = codewords.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1));
        for pair in 0..(self.size - 1) / 2 {
            let right = self.size - 1 - 2 * pair;
            // The column of the timing pattern is no part of a pair.
            let right = if right <= 6 { right - 1 } else { right };
            for step in 0..self.size {
                let y = if pair.is_multiple_of(2) { self.size - 1 - step } else { step };
                for x in [right, right - 1] {
                    let place = y * self.size + x;
                    if self.fixed.get(place) == Some(&false)
                        && let (Some(square), Some(bit)) = (self.dark.get_mut(place), bits.next())
                    {
                        *square = bit;
                    }
                }
            }
        }
    }

    fn mask(&mut self, mask: u32) {
        for y in 0..self.size {
            for x in 0..self.size {
                let inverts = match mask {
                    0 => (x + y).is_multiple_of(2),
                    1 => y.is_multiple_of(2),
                    2 => x.is_multiple_of(3),
                    3 => (x + y).is_multiple_of(3),
                    4 => (x / 3 + y / 2).is_multiple_of(2),
                    5 => (x * y % 2 + x * y % 3) == 0,
                    6 => (x * y % 2 + x * y % 3).is_multiple_of(2),
                    _ => ((x + y) % 2 + x * y % 3).is_multiple_of(2),
                };
                let place = y * self.size + x;
                if let (true, Some(false), Some(square)) =
                    (inverts, self.fixed.get(place), self.dark.get_mut(place))
                {
                    *square = !*square;
                }
            }
        }
        self.format(mask);
    }

    /// How hard the code is to read (§7.8.3).
    fn penalty(&self) -> usize {
        let size = self.size;
        let mut penalty = 0;
        for line in 0..size {
            for across in [true, false] {
                let square = |at| if across { self.is_dark(at, line) } else { self.is_dark(line, at) };
                penalty += line_penalty((0..size).map(square), size);
            }
        }
        for y in 1..size {
            for x in 1..size {
                let here = self.is_dark(x, y);
                if here == self.is_dark(x - 1, y)
                    && here == self.is_dark(x, y - 1)
                    && here == self.is_dark(x - 1, y - 1)
                {
                    penalty += 3;
                }
            }
        }
        let all = size * size;
        let dark = self.dark.iter().filter(|square| **square).count();
        // Ten for every five percent that the share of dark squares is off one half.
        let off = (dark * 20).abs_diff(all * 10);
        penalty + (off.div_ceil(all).max(1) - 1) * 10
    }
}

/// Runs of five and more of a colour, and what looks like a finder pattern beside four light squares.
fn line_penalty(line: impl Iterator<Item = bool>, size: usize) -> usize {
    // The widths of the last seven runs, the newest first; outside the code all is light.
    let mut runs = [0_usize; 7];
    let mut penalty = 0;
    let (mut colour, mut width) = (false, 0_usize);
    let mut first = true;
    let mut end = |width: usize, first: &mut bool| {
        runs.rotate_right(1);
        if let Some(newest) = runs.first_mut() {
            *newest = width + if *first { size } else { 0 };
        }
        *first = false;
        runs
    };
    for dark in line {
        if dark == colour {
            width += 1;
        } else {
            penalty += run_penalty(width);
            let runs = end(width, &mut first);
            if !colour {
                penalty += 40 * finders(&runs);
            }
            (colour, width) = (dark, 1);
        }
    }
    penalty += run_penalty(width);
    if colour {
        end(width, &mut first);
        width = 0;
    }
    penalty + 40 * finders(&end(width + size, &mut first))
}

fn run_penalty(width: usize) -> usize {
    if width < 5 { 0 } else { width - 2 }
}

/// How many sides of the pattern 1:1:3:1:1 at the end of these runs have four light squares.
fn finders(runs: &[usize; 7]) -> usize {
    let [after, one, two, three, four, five, before] = *runs;
    let core = one > 0 && two == one && three == 3 * one && four == one && five == one;
    if !core {
        return 0;
    }
    usize::from(after >= one * 4 && before >= one) + usize::from(before >= one * 4 && after >= one)
}

/// The centres of alignment patterns in one direction (annex E).
fn alignments(version: usize, size: usize) -> Vec<usize> {
    if version < 2 {
        return Vec::new();
    }
    let count = version / 7 + 2;
    let step = (version * 8 + count * 3 + 5) / (count * 4 - 4) * 2;
    std::iter::once(6).chain((0..count - 1).map(|place| size - 7 - place * step)).collect()
}

/// The bits of a BCH code for a value, by its generator (annexes C and D).
fn remainder(value: u32, degree: u32, generator: u32) -> u32 {
    (0..degree).fold(value, |rest, _| (rest << 1) ^ ((rest >> (degree - 1) & 1) * generator))
}
