//! What a signal's string says, in words that a person reads.
