//! The output of the generator for `xtask/fixtures/everything.yaml`, compiled and called.

pub mod fixtures {
    //! Generated code, as it stands in `src/generated` for the dialects.
    #[rustfmt::skip]
    pub mod everything;
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
    mod models;
    mod requests;
    mod tolerant;
    mod tolerant_api;
    mod wire;
}
