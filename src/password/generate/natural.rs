//! Natural numbers of any size: there are more passwords than 128 bits can count.

use std::cmp::Ordering;

use zeroize::{Zeroize, Zeroizing};

use crate::Error;

/// Bits of a limb: six bytes, so that the product with a number of 16 bits, and a carry, stays within 64.
const BITS: u32 = 48;
const LIMB: u64 = (1 << BITS) - 1;

/// A natural number, the lowest limb first and no zero last.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Natural(Vec<u64>);

impl Natural {
    pub(super) const ZERO: Self = Self(Vec::new());

    pub(super) fn from_small(number: u16) -> Self {
        let mut natural = Self(vec![number.into()]);
        natural.trim();
        natural
    }

    /// So many times this one.
    pub(super) fn times(&self, times: u16) -> Self {
        let mut product = Self::ZERO;
        product.add_times(self, times);
        product
    }

    pub(super) fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.add_times(other, 1);
    }

    /// Adds the other so many times.
    pub(super) fn add_times(&mut self, other: &Self, times: u16) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        let mut carry = 0;
        let others = other.0.iter().copied().chain(std::iter::repeat(0));
        for (limb, other) in self.0.iter_mut().zip(others) {
            let sum = *limb + other * u64::from(times) + carry;
            *limb = sum & LIMB;
            carry = sum >> BITS;
        }
        if carry > 0 {
            self.0.push(carry);
        }
    }

    /// Takes the other away; leaves zero where it is greater.
    pub(super) fn subtract(&mut self, other: &Self) {
        let mut borrow = 0;
        let others = other.0.iter().copied().chain(std::iter::repeat(0));
        for (limb, other) in self.0.iter_mut().zip(others) {
            let (less, under) = limb.overflowing_sub(other + borrow);
            *limb = less & LIMB;
            borrow = u64::from(under);
        }
        if borrow > 0 || other.0.len() > self.0.len() {
            self.0.zeroize();
        }
        self.trim();
    }

    /// How many bits it has.
    pub(super) fn bits(&self) -> u32 {
        let full = u32::try_from(self.0.len()).unwrap_or(u32::MAX).saturating_mul(BITS);
        self.0.last().map_or(0, |last| full - (last.leading_zeros() - (64 - BITS)))
    }

    /// Its binary logarithm, of zero minus infinity.
    pub(super) fn log2(&self) -> f64 {
        // Three limbs hold more than the 53 bits that the result can have.
        let (mut value, mut exponent) = (0.0, 0);
        for (index, limb) in self.0.iter().rev().take(3).enumerate() {
            let half = |limb: u64| f64::from(u32::try_from(limb & (LIMB >> 24)).unwrap_or_default());
            value = value * 2_f64.powi(48) + half(limb >> 24) * 2_f64.powi(24) + half(*limb);
            exponent = u32::try_from(self.0.len() - 1 - index).unwrap_or_default() * BITS;
        }
        value.log2() + f64::from(exponent)
    }

    /// A number below this one, each as likely as any other: drawn again while it is not below. This one is not zero.
    pub(super) fn below(
        &self,
        random: &mut dyn FnMut(&mut [u8]) -> Result<(), Error>,
    ) -> Result<Drawn, Error> {
        let spare = BITS - (self.bits() + BITS - 1) % BITS - 1;
        let mut bytes = Zeroizing::new(vec![0; self.0.len() * 6]);
        let mut drawn = Drawn(Self(Vec::with_capacity(self.0.len())));
        loop {
            random(&mut bytes)?;
            drawn.0.0.clear();
            drawn.0.0.extend(
                bytes.chunks(6).map(|bytes| bytes.iter().fold(0, |limb, byte| limb << 8 | u64::from(*byte))),
            );
            if let Some(last) = drawn.0.0.last_mut() {
                *last >>= spare;
            }
            drawn.0.trim();
            if drawn.0 < *self {
                return Ok(drawn);
            }
        }
    }

    fn trim(&mut self) {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }
}

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Natural {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_limbs = || self.0.iter().rev().cmp(other.0.iter().rev());
        self.0.len().cmp(&other.0.len()).then_with(by_limbs)
    }
}

/// A number that was drawn: who knows it knows the password.
pub(super) struct Drawn(Natural);

impl Drawn {
    /// The number itself, where it is one of at most 48 bits.
    pub(super) fn small(&self) -> u64 {
        self.0.0.first().copied().unwrap_or_default()
    }

    /// Passes over so many possibilities; whether the drawn one was among them, and nothing was passed over.
    pub(super) fn is_below_else_subtract(&mut self, weight: &Natural) -> bool {
        let below = self.0 < *weight;
        if !below {
            self.0.subtract(weight);
        }
        below
    }
}

impl Drop for Drawn {
    fn drop(&mut self) {
        self.0.0.zeroize();
    }
}
