//! `shapes.rs`: the members of each object schema.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, constant, object_of};
use crate::ir::Kind;

pub fn emit(context: &Context<'_>) -> TokenStream {
    let shapes = context.api.schemas.iter().filter_map(|schema| {
        let Kind::Object { members, .. } = &schema.kind else {
            return None;
        };
        let (static_name, name) = (constant(&schema.name), &schema.name);
        let members = members.iter().map(|member| {
            let (wire, field) = (&member.wire, &member.field);
            let shape = object_of(context.api, &member.ty).map_or_else(
                || quote!(None),
                |object| {
                    let object = constant(&object.name);
                    quote!(Some(&#object))
                },
            );
            quote!(Member { wire: #wire, field: #field, shape: #shape })
        });
        let about = format!(" Members of `{name}`.");
        Some(quote! {
            #[doc = #about]
            pub static #static_name: Shape = Shape { name: #name, members: &[#(#members),*] };
        })
    });
    quote! {
        //! The members of the objects, for selections and for the names in violations.

        use contract::runtime::{Member, Shape};

        #(#shapes)*
    }
}
