//! What the module `password` exports to JavaScript. The package's façade is the only caller; a Rust program uses the
//! modules beside this one.

mod words;

use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroizing;

use super::{Standing, strength};
use crate::{Code, Error};

/// One of zxcvbn's word lists, which the build coded apart from the module: its words, their blocks of ranks, how many
/// blocks there are, and how many bytes the list has.
///
/// # Errors
///
/// `load.corrupt`.
#[wasm_bindgen]
pub fn unpack(coded: &[u8], ranks: &[u8], blocks: usize, length: usize) -> Result<Vec<u8>, Error> {
    words::unpack(coded, ranks, blocks, length)
        .ok_or_else(|| Error::new(Code::LoadCorrupt, "the module's word lists are missing or damaged"))
}

/// Estimates a password. `rank` is its place among the most common ones as the page found it: 0 where it is not among
/// them, nothing where nobody has looked.
///
/// # Errors
///
/// `input.too-long`.
#[wasm_bindgen]
#[allow(clippy::needless_pass_by_value, reason = "wasm-bindgen hands over what JavaScript sent")]
pub fn estimate(password: String, inputs: Vec<String>, rank: Option<u32>) -> Result<Estimate, Error> {
    let password = Zeroizing::new(password);
    let inputs: Vec<_> = inputs.iter().map(String::as_str).collect();
    let standing = match rank {
        None => Standing::Unknown,
        Some(0) => Standing::Unlisted,
        Some(rank) => Standing::Listed(rank),
    };
    strength::estimate_with(&password, &inputs, standing).map(Estimate)
}

/// How hard a password is to guess.
#[wasm_bindgen]
pub struct Estimate(strength::Estimate);

#[wasm_bindgen]
impl Estimate {
    /// From 0 to 4.
    #[wasm_bindgen(getter)]
    pub fn score(&self) -> u8 {
        self.0.score()
    }

    /// About how many guesses it takes.
    #[wasm_bindgen(getter)]
    pub fn guesses(&self) -> f64 {
        self.0.guesses()
    }

    /// The decimal logarithm of the guesses.
    #[wasm_bindgen(getter, js_name = guessesLog10)]
    pub fn guesses_log10(&self) -> f64 {
        self.0.guesses_log10()
    }

    /// Whether it is the estimate of the whole password, or a lower bound.
    #[wasm_bindgen(getter)]
    pub fn bound(&self) -> String {
        self.0.bound().as_str().to_owned()
    }

    /// The ids of what was put right.
    #[wasm_bindgen(getter)]
    pub fn corrections(&self) -> Vec<String> {
        self.0.corrections().iter().map(|correction| correction.as_str().to_owned()).collect()
    }

    /// The score before anything was put right.
    #[wasm_bindgen(getter, js_name = uncorrectedScore)]
    pub fn uncorrected_score(&self) -> u8 {
        self.0.uncorrected_score()
    }

    /// The guesses before anything was put right.
    #[wasm_bindgen(getter, js_name = uncorrectedGuesses)]
    pub fn uncorrected_guesses(&self) -> f64 {
        self.0.uncorrected_guesses()
    }

    /// The code of what makes it weak.
    #[wasm_bindgen(getter)]
    pub fn warning(&self) -> Option<String> {
        self.0.warning().map(|warning| warning.as_str().to_owned())
    }

    /// The codes of what would make it stronger.
    #[wasm_bindgen(getter)]
    pub fn suggestions(&self) -> Vec<String> {
        self.0.suggestions().iter().map(|suggestion| suggestion.as_str().to_owned()).collect()
    }

    /// Seconds of guessing through a sign-in form that takes 100 tries an hour.
    #[wasm_bindgen(getter, js_name = onlineThrottled)]
    pub fn online_throttled(&self) -> f64 {
        self.0.seconds().online_throttled
    }

    /// Seconds of guessing through a sign-in form that takes 10 tries a second.
    #[wasm_bindgen(getter, js_name = onlineUnthrottled)]
    pub fn online_unthrottled(&self) -> f64 {
        self.0.seconds().online_unthrottled
    }

    /// Seconds of guessing with a stolen, slow hash.
    #[wasm_bindgen(getter, js_name = offlineSlow)]
    pub fn offline_slow(&self) -> f64 {
        self.0.seconds().offline_slow
    }

    /// Seconds of guessing with a stolen, fast hash.
    #[wasm_bindgen(getter, js_name = offlineFast)]
    pub fn offline_fast(&self) -> f64 {
        self.0.seconds().offline_fast
    }
}
