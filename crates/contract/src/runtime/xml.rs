//! XML as the forms of a document describe it: read into and written from the values that JSON has, so that
//! decoding and checking are the same for both.

mod lexis;
mod read;
mod write;

pub use read::read;
pub use write::write;

/// The namespace of `nil`.
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

#[cfg(test)]
mod tests;
