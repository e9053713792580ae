mod credential;
mod options;
