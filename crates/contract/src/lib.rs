//! The contracts of all dialects, generated from the documents in `openapi/`.
//!
//! A dialect has models, parameters, typed responses, a trait to implement, and routes that call it.
//! Handlers implement the trait; they cannot answer what the document does not have.

// Generated code names this crate, so that a fixture in `tests/` is the same text as a dialect here.
extern crate self as contract;

pub mod runtime;

pub mod generated {
    //! One module for each document.
    #[rustfmt::skip]
    pub mod formsonfire;
    #[rustfmt::skip]
    pub mod kibo;
    #[rustfmt::skip]
    pub mod mypreferences;
    #[rustfmt::skip]
    pub mod propeller;
    #[rustfmt::skip]
    pub mod taleolearn;
}

pub use generated::formsonfire;
pub use generated::kibo;
pub use generated::mypreferences;
pub use generated::propeller;
pub use generated::taleolearn;
