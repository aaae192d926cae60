//! The catalog: what this API offers, with links to it and to its document.

use super::access::Learner;
use super::links::{Links, canonical, link};
use super::{PREFIX, TaleoLearn};
use contract::runtime::Call;
use contract::taleolearn::models::{CatalogItem, MetadataCatalog};
use contract::taleolearn::responses::GetMetadataCatalogResponse;

/// Where the document is.
const DOCUMENT: &str = "/openapi/taleolearn.json";

/// A tenant that this dialect has no number for is offered nothing.
pub fn get(dialect: &TaleoLearn, call: &Call<Learner>) -> GetMetadataCatalogResponse {
    let origin = dialect.state.origin.of(&call.request);
    let groups = |center| CatalogItem {
        name: "groups".to_owned(),
        links: vec![
            link("canonical", Links::new(&origin, center).groups()),
            link("describedby", format!("{origin}{DOCUMENT}")),
        ],
    };
    let body = MetadataCatalog {
        items: call.caller.center.into_iter().map(groups).collect(),
        links: canonical(format!("{origin}{PREFIX}/metadata-catalog")),
    };
    GetMetadataCatalogResponse::Ok { body }
}
