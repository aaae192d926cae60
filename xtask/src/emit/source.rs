//! `source.rs`: the document itself, word for word and as JSON, for servers to hand out.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, raw_text};

pub fn emit(context: &Context<'_>) -> TokenStream {
    let document = context.api.root.document();
    // Alternate form: indented, as people read it.
    let json = raw_text(&format!("{:#}", document.value));
    // From the file's folder up to the root of the workspace; fixtures lie equally deep.
    let yaml = format!(
        "../../../../../{}",
        document.path.to_string_lossy().replace('\\', "/")
    );
    quote! {
        //! The document, as it was written and as JSON.

        /// The source, word for word.
        pub const DOCUMENT_YAML: &str = include_str!(#yaml);

        /// The same as JSON, members sorted by name.
        pub const DOCUMENT_JSON: &str = #json;
    }
}
