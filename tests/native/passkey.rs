mod attested;
mod credential;
mod options;
mod order;
mod prf;
