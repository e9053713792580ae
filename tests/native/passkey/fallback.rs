mod link;
mod otp;
mod recovery;
mod text;
