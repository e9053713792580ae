mod breach;
mod differential;
mod list;
mod policy;
mod stand_ins;
mod strength;
