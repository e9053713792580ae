//! The ground of the word lists' format: an arithmetic decoder whose every bit is predicted from what came before it.
//!
//! Four contexts predict each bit, and a mixer that learns which of them to believe puts them together (the design of
//! M. Mahoney's lpaq: logistic mixing, adaptive counters). Integers alone, so that every platform reads the same. The
//! package's `lib/password/coder.ts` is the same program; the data builder turns it round to write.

use crate::{Code, Error};

/// How many contexts predict a bit.
pub(super) const CONTEXTS: usize = 4;

/// How many sets of weights the mixer keeps; a caller names the one for each bit.
const SETS: usize = 16;

/// Slots of 22 bits of probability and 10 bits of count, for each context.
const SLOTS: usize = 1 << 16;

/// Weights are kept apart by how often a slot was met, up to this many times.
const SEEN: usize = 8;

/// After so many meetings a slot's probability moves no slower.
const STEADY: u32 = 127;

/// The logistic function at −2048, −1920 … 2048, in 1/256, as probability in 1/4096.
const CURVE: [i32; 33] = [
    1, 2, 3, 6, 10, 16, 27, 45, 73, 120, 194, 310, 488, 747, 1101, 1546, 2047, 2549, 2994, 3348, 3607, 3785,
    3901, 3975, 4022, 4050, 4068, 4079, 4085, 4089, 4092, 4093, 4094,
];

/// Bits out of bytes that the data builder wrote.
pub(super) struct Coder<'a> {
    bytes: std::slice::Iter<'a, u8>,
    low: u32,
    high: u32,
    code: u32,
    missing: bool,
    stretch: Vec<i32>,
    table: Vec<u32>,
    weights: Vec<i32>,
    contexts: [u32; CONTEXTS],
}

/// What one context said of a bit, and where its memory is.
#[derive(Clone, Copy, Default)]
struct Said {
    slot: usize,
    weight: usize,
    stretched: i32,
}

impl<'a> Coder<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let mut x = -2047;
        let stretch = (0..4096)
            .map(|probability| {
                while x < 2047 && squash(x) < probability {
                    x += 1;
                }
                x
            })
            .collect();
        let mut coder = Self {
            bytes: bytes.iter(),
            low: 0,
            high: u32::MAX,
            code: 0,
            missing: false,
            stretch,
            table: vec![1 << 31; CONTEXTS * SLOTS],
            weights: vec![26_000; SETS * CONTEXTS * SEEN],
            contexts: [0; CONTEXTS],
        };
        for _ in 0..4 {
            coder.code = (coder.code << 8) | coder.byte();
        }
        coder
    }

    /// Sets what a context says of the bits to come: three numbers, and a fourth that keeps kinds of symbols apart.
    pub(super) fn context(&mut self, index: u32, [a, b, c, d]: [u32; 4]) {
        const FACTOR: u32 = 0x2545_f491;
        let mut hash = (index + 1).wrapping_mul(0x2f0b_4c47);
        hash = (hash ^ a).wrapping_mul(FACTOR).wrapping_add(b);
        hash = (hash ^ (hash >> 15)).wrapping_mul(FACTOR).wrapping_add(c);
        hash = (hash ^ (hash >> 15)).wrapping_mul(FACTOR).wrapping_add(d);
        if let Some(context) = self.contexts.get_mut(wide(index)) {
            *context = (hash ^ (hash >> 15)).wrapping_mul(FACTOR);
        }
    }

    /// The next bit; `node` is its place within its symbol.
    pub(super) fn bit(&mut self, node: u32, set: u32) -> u32 {
        let mut said = [Said::default(); CONTEXTS];
        let mut sum = 0;
        for (index, (said, context)) in said.iter_mut().zip(&self.contexts).enumerate() {
            let hash = context.wrapping_add(node.wrapping_mul(0x9e37_79b1)).wrapping_mul(0x2c1b_3c6d);
            said.slot = index * SLOTS + wide(hash >> 16);
            let value = self.table.get(said.slot).copied().unwrap_or_default();
            let count = wide(value & 1023);
            said.weight = (wide(set) * CONTEXTS + index) * SEEN + count.min(SEEN - 1);
            if count > 0 {
                said.stretched = self.stretch.get(wide(value >> 20)).copied().unwrap_or_default();
            }
            let weight = self.weights.get(said.weight).copied().unwrap_or_default();
            sum += weight.wrapping_mul(said.stretched) >> 16;
        }
        let probability = squash(sum);
        let bit = self.read(probability.unsigned_abs());
        self.learn(&said, bit, probability);
        bit
    }

    fn read(&mut self, probability: u32) -> u32 {
        let middle = self.low + ((self.high - self.low) >> 12) * probability;
        let bit = u32::from(self.code <= middle);
        if bit == 1 {
            self.high = middle;
        } else {
            self.low = middle + 1;
        }
        while (self.low ^ self.high) >> 24 == 0 {
            self.low <<= 8;
            self.high = (self.high << 8) | 255;
            self.code = (self.code << 8) | self.byte();
        }
        bit
    }

    fn learn(&mut self, said: &[Said], bit: u32, probability: i32) {
        let error = (if bit == 1 { 4096 - probability } else { -probability }) * 10;
        let target = if bit == 1 { 0x3f_ffff } else { 0 };
        for said in said {
            if let Some(weight) = self.weights.get_mut(said.weight) {
                *weight = weight.wrapping_add((said.stretched * error + 0x2000) >> 14);
            }
            if let Some(value) = self.table.get_mut(said.slot) {
                let (was, count) = ((*value >> 10).cast_signed(), *value & 1023);
                // 1 / (count + 1.6), in 1/65536.
                let rate = 655_360 / (count * 10 + 16);
                let now = was + ((((target - was) >> 7) * rate.cast_signed()) >> 9);
                *value = (now.cast_unsigned() << 10) | (count + u32::from(count < STEADY));
            }
        }
    }

    fn byte(&mut self) -> u32 {
        let byte = self.bytes.next();
        self.missing |= byte.is_none();
        byte.copied().map_or(0, u32::from)
    }

    /// Refuses bytes that end too early or too late.
    pub(super) fn finish(&self) -> Result<(), Error> {
        if self.missing || self.bytes.len() > 0 { Err(damaged()) } else { Ok(()) }
    }
}

/// The one failure of a data file.
pub(super) fn damaged() -> Error {
    Error::new(Code::LoadCorrupt, "password: the data file's bytes are damaged or incomplete")
}

fn squash(x: i32) -> i32 {
    if x > 2047 {
        return 4095;
    }
    if x < -2047 {
        return 1;
    }
    let (at, part) = (wide(((x >> 7) + 16).unsigned_abs()), x & 127);
    let value = |at: usize| CURVE.get(at).copied().unwrap_or_default();
    (value(at) * (128 - part) + value(at + 1) * part + 64) >> 7
}

fn wide(number: u32) -> usize {
    usize::try_from(number).unwrap_or_default()
}
