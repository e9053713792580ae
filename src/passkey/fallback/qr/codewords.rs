//! From a text to the codewords of a QR code: bytes, padding, Reed-Solomon, interleaving (ISO/IEC 18004 §7.4 to §7.6).

/// Error correction codewords of a block, at level M, by version (table 9).
const CORRECTION: [u8; 40] = [
    10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28,
    28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
];

/// Blocks, at level M, by version (table 9).
const BLOCKS: [u8; 40] = [
    1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29,
    31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
];

/// How a version is filled.
struct Shape {
    /// Codewords of all kinds.
    all: usize,
    blocks: usize,
    /// Error correction codewords of each block.
    correction: usize,
}

impl Shape {
    fn of(version: usize) -> Option<Self> {
        let blocks = usize::from(*BLOCKS.get(version.checked_sub(1)?)?);
        let correction = usize::from(*CORRECTION.get(version.checked_sub(1)?)?);
        Some(Self { all: squares(version) / 8, blocks, correction })
    }

    fn data(&self) -> usize {
        self.all.saturating_sub(self.blocks * self.correction)
    }
}

/// The squares of a version that hold codewords (table 1).
fn squares(version: usize) -> usize {
    let all = (16 * version + 128) * version + 64;
    let alignments = if version < 2 { 0 } else { version / 7 + 2 };
    let aligned = if version < 2 { 0 } else { (25 * alignments - 10) * alignments - 55 };
    all - aligned - if version < 7 { 0 } else { 36 }
}

/// The smallest version that holds a text, and its codewords in the order in which they are drawn.
pub(super) fn encode(text: &[u8]) -> Option<(usize, Vec<u8>)> {
    (1..=40).find_map(|version| {
        let shape = Shape::of(version)?;
        let wide = version > 9;
        // Four bits of mode, eight or sixteen of length.
        let fits = text.len() + if wide { 3 } else { 2 } <= shape.data();
        fits.then(|| (version, interleave(&shape, &pad(text, wide, shape.data()))))
    })
}

/// Byte mode (§7.4.5), the terminator and the pad codewords (§7.4.10).
fn pad(text: &[u8], wide: bool, length: usize) -> Vec<u8> {
    let mut data = Vec::with_capacity(length);
    // Mode and length end in the middle of a byte, and so does everything after them.
    let [.., high, low] = text.len().to_be_bytes();
    let mut half = 4;
    let mut push = |byte: u8| {
        data.push(half << 4 | byte >> 4);
        half = byte & 15;
    };
    if wide {
        push(high);
    }
    push(low);
    for byte in text {
        push(*byte);
    }
    // Four zero bits end it, and fill the last byte.
    push(0);
    data.extend([0xec, 0x11].into_iter().cycle().take(length.saturating_sub(data.len())));
    data
}

/// Splits into blocks, the shorter ones first, and takes a codeword of each in turn (§7.6).
fn interleave(shape: &Shape, data: &[u8]) -> Vec<u8> {
    let short = data.len().checked_div(shape.blocks).unwrap_or_default();
    let long_from = shape.blocks - data.len().checked_rem(shape.blocks).unwrap_or_default();
    let divisor = divisor(shape.correction);
    let mut codewords = vec![0; shape.all];
    let mut put = |place: usize, codeword: &u8| {
        if let Some(at) = codewords.get_mut(place) {
            *at = *codeword;
        }
    };
    let mut rest = data;
    for block in 0..shape.blocks {
        let (head, tail) =
            rest.split_at_checked(short + usize::from(block >= long_from)).unwrap_or((rest, &[]));
        rest = tail;
        for (turn, codeword) in head.iter().enumerate() {
            // In the last turn the shorter blocks have none.
            let missing = if turn < short { 0 } else { long_from };
            put(turn * shape.blocks + block - missing, codeword);
        }
        for (turn, codeword) in remainder(head, &divisor).iter().enumerate() {
            put(data.len() + turn * shape.blocks + block, codeword);
        }
    }
    codewords
}

/// The generator polynomial of so many roots, its leading one left out.
fn divisor(degree: usize) -> Vec<u8> {
    let mut polynomial = vec![0; degree];
    if let Some(last) = polynomial.last_mut() {
        *last = 1;
    }
    let mut root = 1;
    for _ in 0..degree {
        for place in 0..degree {
            let next = polynomial.get(place + 1).copied().unwrap_or_default();
            if let Some(coefficient) = polynomial.get_mut(place) {
                *coefficient = times(*coefficient, root) ^ next;
            }
        }
        root = times(root, 2);
    }
    polynomial
}

fn remainder(data: &[u8], divisor: &[u8]) -> Vec<u8> {
    let mut rest = vec![0; divisor.len()];
    for byte in data {
        let factor = byte ^ rest.first().copied().unwrap_or_default();
        for (place, coefficient) in divisor.iter().enumerate() {
            let next = rest.get(place + 1).copied().unwrap_or_default();
            if let Some(at) = rest.get_mut(place) {
                *at = next ^ times(*coefficient, factor);
            }
        }
    }
    rest
}

/// The product in GF(2^8) modulo x^8 + x^4 + x^3 + x^2 + 1 (§7.5.2).
fn times(left: u8, right: u8) -> u8 {
    (0..8).rev().fold(0, |product: u8, bit| {
        let doubled = product << 1 ^ if product & 0x80 == 0 { 0 } else { 0x1d };
        doubled ^ if right >> bit & 1 == 0 { 0 } else { left }
    })
}
