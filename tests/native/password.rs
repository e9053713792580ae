mod policy;
mod strength;
