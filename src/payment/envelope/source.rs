//! Our source of random bytes, as the crates of the other families ask for one.

use std::convert::Infallible;

use rand_core::{TryCryptoRng, TryRng};

use super::Random;

/// It never fails at once: whether it did is asked before anything made with it is used.
pub(super) struct Source<'a, 'b> {
    random: &'a mut Random<'b>,
    failures: u8,
}

impl<'a, 'b> Source<'a, 'b> {
    pub(super) fn new(random: &'a mut Random<'b>) -> Self {
        Self { random, failures: 0 }
    }

    pub(super) fn failed(&self) -> bool {
        self.failures > 0
    }
}

impl TryRng for Source<'_, '_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        if (self.random)(bytes).is_err() {
            // Never twice the same, so that whoever looks for a number with some property comes to an end.
            self.failures = self.failures.wrapping_add(1) | 1;
            for (byte, value) in bytes.iter_mut().zip((0..=u8::MAX).cycle()) {
                *byte = value.wrapping_mul(self.failures).wrapping_add(self.failures);
            }
        }
        Ok(())
    }
}

impl TryCryptoRng for Source<'_, '_> {}
