//! The IAB's Global Privacy Platform: one string for the privacy signals of several regions.
