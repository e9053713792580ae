//! From one decision to every signal that partners read.
