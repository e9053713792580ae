//! Input for tests over many cases: from a seed, so that a failure can be repeated.

/// How many cases a test over random input runs: `FUZZ_CASES`, or what the test takes about two seconds for.
pub(crate) fn cases(usual: u64) -> u64 {
    std::env::var("FUZZ_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(usual)
}

/// A source of numbers (`SplitMix64`, Steele et al. 2014) and of what is made from them.
pub(crate) struct Source(u64);

impl Source {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number from 0 to `bound - 1`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound).unwrap()).unwrap()
    }

    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    pub(crate) fn bytes(&mut self, most: usize) -> Vec<u8> {
        (0..self.below(most + 1)).map(|_| self.next().to_le_bytes()[0]).collect()
    }

    /// At most so many of these characters.
    pub(crate) fn text_of(&mut self, alphabet: &str, most: usize) -> String {
        let characters: Vec<char> = alphabet.chars().collect();
        (0..self.below(most + 1)).map(|_| self.pick(&characters)).collect()
    }

    /// Text with what breaks programs: escapes, controls, combining marks, right-to-left and astral characters.
    pub(crate) fn text(&mut self, most: usize) -> String {
        self.text_of("aZ09 _-.:/\\\"'<>&\u{0}\u{7}\n\r\t\u{1f}\u{7f}éßİıſ\u{301}\u{308}\u{200f}\u{2028}あ漢😀\u{1d11e}\u{fb33}\u{ffff}", most)
    }

    /// The text with a few characters removed, doubled or replaced.
    pub(crate) fn mutate(&mut self, text: &str, alphabet: &str) -> String {
        let alphabet: Vec<char> = alphabet.chars().collect();
        let mut characters: Vec<char> = text.chars().collect();
        for _ in 0..=self.below(3) {
            if characters.is_empty() {
                break;
            }
            let position = self.below(characters.len());
            match self.below(4) {
                0 => drop(characters.remove(position)),
                1 => characters.insert(position, self.pick(&alphabet)),
                2 => characters.insert(position, characters[position]),
                _ => characters[position] = self.pick(&alphabet),
            }
        }
        characters.into_iter().collect()
    }
}
