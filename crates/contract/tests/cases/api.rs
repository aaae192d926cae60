//! A small implementation of the fixture's trait, and a client for it.

use std::cell::RefCell;
use std::rc::Rc;

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, HttpRequest, web};
use contract::runtime::{Call, Failure, Refusal};
use serde_json::Value;

use crate::fixtures::everything::models::{Fault, Note, Person, TagList, Thing, ThingList, ThingPage};
use crate::fixtures::everything::params::{
    AddNoteParams, CreateThingParams, DeleteThingParams, GetThingParams, ListThingsParams,
};
use crate::fixtures::everything::responses::{
    AddNoteResponse, CreateThingResponse, DeleteThingResponse, GetThingResponse, ListThingsResponse,
    ReplaceSpecialResponse, TagSpecialResponse,
};
use crate::fixtures::everything::{EverythingApi, FAULT_STATUS, Problem, configure};

/// Answers and remembers what its handlers were called with.
#[derive(Clone, Default)]
pub struct Everything {
    calls: Rc<RefCell<Vec<String>>>,
}

impl Everything {
    fn note(&self, call: String) {
        self.calls.borrow_mut().push(call);
    }

    /// The calls since the last time.
    pub fn calls(&self) -> Vec<String> {
        self.calls.borrow_mut().drain(..).collect()
    }
}

pub fn thing() -> Thing {
    Thing {
        id: 1,
        name: "One".to_owned(),
        secretary: None,
        nick: None,
        note: None,
        password: None,
        kind: None,
        mood: None,
        tags: Some(vec!["a".to_owned()]),
        parts: None,
        owner: Some(Person {
            name: Some("Ada".to_owned()),
        }),
        made: None,
        ratio: None,
        flag: None,
        key: None,
    }
}

fn fault(code: i32, text: impl Into<String>) -> Fault {
    Fault {
        code,
        text: text.into(),
    }
}

impl EverythingApi for Everything {
    type Caller = &'static str;

    fn problem(&self, request: &HttpRequest, refusal: &Refusal) -> Problem {
        let text = match refusal {
            Refusal::Invalid(violations) => {
                let lines = violations.iter().map(|violation| {
                    let (place, pointer) = (violation.place, &violation.pointer);
                    format!("{place:?} {pointer} {}: {}", violation.rule, violation.message)
                });
                lines.collect::<Vec<_>>().join("\n")
            }
            other => format!("{} {other:?}", request.method()),
        };
        fault(i32::from(refusal.status(FAULT_STATUS).as_u16()), text)
    }

    async fn bearer_auth(&self, _: &HttpRequest, token: &str) -> Result<&'static str, Refusal> {
        match token {
            "good" => Ok("bearer"),
            "broken" => Err(Refusal::Fault),
            _ => Err(Refusal::Unauthorized {
                reason: "the token is not accepted",
            }),
        }
    }

    async fn basic_auth(&self, _: &HttpRequest, _: &str) -> Result<&'static str, Refusal> {
        Ok("basic")
    }

    async fn key_auth(&self, _: &HttpRequest, credential: &str) -> Result<&'static str, Refusal> {
        if credential == "key" {
            Ok("key")
        } else {
            Err(Refusal::Unauthorized {
                reason: "no such key",
            })
        }
    }

    async fn list_things(
        &self,
        call: Call<&'static str>,
        params: ListThingsParams,
    ) -> Result<ListThingsResponse, Failure<Fault>> {
        self.note(format!("{} {} {params:?}", call.operation.id, call.caller));
        let header = |value| {
            (
                HeaderName::from_static("retry-after"),
                HeaderValue::from_static(value),
            )
        };
        let status = match params.order.as_str() {
            "slow" | "slower" => StatusCode::TOO_MANY_REQUESTS,
            "teapot" => StatusCode::IM_A_TEAPOT,
            _ => {
                let body = ThingPage {
                    total: 1,
                    kinds: None,
                    items: vec![thing()],
                };
                return Ok(ListThingsResponse::Ok {
                    body,
                    x_total: Some(1),
                });
            }
        };
        let mut failure = Failure::new(status, fault(1, params.order.clone()));
        if params.order == "slow" {
            failure.headers.push(header("60"));
        }
        Err(failure)
    }

    async fn create_thing(
        &self,
        call: Call<&'static str>,
        params: CreateThingParams,
        body: Thing,
    ) -> Result<CreateThingResponse, Failure<Fault>> {
        self.note(format!("{} {} {}", call.operation.id, params.x_trace, body.name));
        let etag = "\"1\"".to_owned();
        Ok(CreateThingResponse::Created {
            body,
            etag,
            location: "/things/1".to_owned(),
        })
    }

    async fn get_thing(
        &self,
        call: Call<&'static str>,
        params: GetThingParams,
    ) -> Result<GetThingResponse, Failure<Fault>> {
        self.note(format!(
            "{} {} {}",
            call.operation.id, call.caller, params.thing_id
        ));
        match params.thing_id {
            1 => Ok(GetThingResponse::Ok { body: thing() }),
            2 => Ok(GetThingResponse::NotModified),
            _ => Err(Failure::new(StatusCode::NOT_FOUND, fault(404, "none"))),
        }
    }

    async fn delete_thing(
        &self,
        call: Call<()>,
        params: DeleteThingParams,
    ) -> Result<DeleteThingResponse, Failure<Fault>> {
        self.note(format!("{} {}", call.operation.id, params.thing_id));
        Ok(DeleteThingResponse::NoContent)
    }

    async fn replace_special(
        &self,
        call: Call<()>,
        body: ThingList,
    ) -> Result<ReplaceSpecialResponse, Failure<Fault>> {
        self.note(format!("{} {}", call.operation.id, body.0.len()));
        Ok(ReplaceSpecialResponse::NoContent)
    }

    async fn tag_special(
        &self,
        call: Call<()>,
        body: Option<TagList>,
    ) -> Result<TagSpecialResponse, Failure<Fault>> {
        self.note(format!("{} {:?}", call.operation.id, body.map(|tags| tags.0)));
        Ok(TagSpecialResponse::NoContent)
    }

    async fn add_note(
        &self,
        call: Call<()>,
        params: AddNoteParams,
        body: Note,
    ) -> Result<AddNoteResponse, Failure<Fault>> {
        self.note(format!(
            "{} {} {:?} {}",
            call.operation.id, params.note_id, params.page, body.type_
        ));
        Ok(AddNoteResponse::Ok { body })
    }
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
    pub calls: Vec<String>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(have, _)| have == name)
            .map(|(_, value)| value.as_str())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The text of the fault.
    pub fn text(&self) -> String {
        self.json()["text"].as_str().unwrap_or_default().to_owned()
    }
}

/// Sends a request to the routes, mounted at the root and at `/api`.
pub async fn send(request: TestRequest) -> Answer {
    let api = Everything::default();
    let data = web::Data::new(api.clone());
    let app = App::new()
        .app_data(data)
        .service(web::scope("/api").configure(configure::<Everything>))
        .configure(configure::<Everything>);
    let app = init_service(app).await;
    let response = call_service(&app, request.to_request()).await;
    let status = response.status().as_u16();
    let text = |value: &HeaderValue| value.to_str().unwrap().to_owned();
    let headers = response
        .headers()
        .iter()
        .map(|(name, value)| (name.to_string(), text(value)))
        .collect();
    let body = String::from_utf8(read_body(response).await.to_vec()).unwrap();
    Answer {
        status,
        headers,
        body,
        calls: api.calls(),
    }
}

/// A request with a good token.
pub fn authorised(method: &str, uri: &str) -> TestRequest {
    let method = actix_web::http::Method::from_bytes(method.as_bytes()).unwrap();
    TestRequest::with_uri(uri)
        .method(method)
        .insert_header(("authorization", "Bearer good"))
}
