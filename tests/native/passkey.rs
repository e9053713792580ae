mod credential;
mod options;
mod prf;
