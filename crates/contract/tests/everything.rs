//! The output of the generator for the documents in `xtask/fixtures/`, compiled and called.

pub mod fixtures {
    //! Generated code, as it stands in `src/generated` for the dialects.
    #[rustfmt::skip]
    pub mod everything;
    #[rustfmt::skip]
    pub mod loose;
    #[rustfmt::skip]
    pub mod tolerant;
}

#[cfg(test)]
mod cases {
    //! What is tested.

    mod answers;
    mod api;
    mod bodies;
    mod derived;
    mod examples;
    mod loose;
    mod loose_api;
    mod models;
    mod requests;
    mod samples;
    mod tolerant;
    mod tolerant_api;
    mod wire;
}
