//! A small implementation of the third fixture's trait, and a client for it.

use std::cell::RefCell;
use std::rc::Rc;

use actix_web::http::StatusCode;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, HttpRequest, web};
use contract::runtime::{Call, Failure, Refusal};
use serde_json::Value;

use crate::fixtures::loose::models::{
    Counts, Fault, Kind, Kinds, Patching, Report, Steps, ThingPatch, TokenRequest, Words,
};
use crate::fixtures::loose::params::{ChangeThingParams, PatchThingParams};
use crate::fixtures::loose::responses::{
    ChangeThingResponse, CreateTokenResponse, GetSpecialResponse, PatchThingResponse,
};
use crate::fixtures::loose::{FAULT_STATUS, LooseApi, Problem, configure};

/// Answers and remembers what its handlers were called with.
#[derive(Clone, Default)]
pub struct Loose {
    calls: Rc<RefCell<Vec<String>>>,
}

impl Loose {
    fn note(&self, call: String) {
        self.calls.borrow_mut().push(call);
    }
}

impl LooseApi for Loose {
    type Caller = &'static str;

    fn problem(&self, _: &HttpRequest, refusal: &Refusal) -> Problem {
        let text = match refusal {
            Refusal::Invalid(violations) => {
                let lines = violations.iter().map(|violation| {
                    let (place, pointer) = (violation.place, &violation.pointer);
                    format!("{place:?} {pointer} {}: {}", violation.rule, violation.message)
                });
                lines.collect::<Vec<_>>().join("\n")
            }
            other => format!("{other:?}"),
        };
        Fault { text }
    }

    async fn bearer_auth(&self, _: &HttpRequest, token: &str) -> Result<&'static str, Refusal> {
        match token {
            "good" => Ok("bearer"),
            "broken" => Err(Refusal::Fault),
            _ => Err(Refusal::Unauthorized { reason: "wrong" }),
        }
    }

    async fn signature(&self, _: &HttpRequest, credential: &str) -> Result<&'static str, Refusal> {
        match credential {
            "Signed well" => Ok("signature"),
            _ => Err(Refusal::Unauthorized {
                reason: "badly signed",
            }),
        }
    }

    async fn patch_thing(
        &self,
        call: Call<&'static str>,
        params: PatchThingParams,
        body: Patching,
    ) -> Result<PatchThingResponse, Failure<Fault>> {
        self.note(format!(
            "{} {} {}",
            call.operation.id, call.caller, params.thing_id
        ));
        let step = &body.0[0];
        let (op, path) = (step.op.as_str().to_owned(), step.path.clone());
        let body = Report {
            first: step.value.clone().unwrap_or("absent".into()),
            counts: Counts([(path.clone(), 1)].into()),
            words: Some(Words([(op.clone(), vec![path])].into())),
            kinds: Some(Kinds([(op.clone(), Kind::Large)].into())),
            ops: Some(Steps([(op, step.clone())].into())),
        };
        Ok(PatchThingResponse::Ok { body })
    }

    async fn get_special(&self, call: Call<()>) -> Result<GetSpecialResponse, Failure<Fault>> {
        let status = match call.request.query_string() {
            "teapot" => StatusCode::IM_A_TEAPOT,
            "broken" => FAULT_STATUS,
            _ => return Ok(GetSpecialResponse::NoContent),
        };
        let text = "broken".to_owned();
        Err(Failure::new(status, Fault { text }))
    }

    async fn change_thing(
        &self,
        call: Call<&'static str>,
        params: ChangeThingParams,
        body: ThingPatch,
    ) -> Result<ChangeThingResponse, Failure<Fault>> {
        self.note(format!("{} {} {body:?}", call.operation.id, params.thing_id));
        Ok(ChangeThingResponse::Ok { body })
    }

    async fn create_token(
        &self,
        call: Call<()>,
        body: TokenRequest,
    ) -> Result<CreateTokenResponse, Failure<Fault>> {
        let (grant, secret) = (body.grant_type.as_str(), body.client_secret.expose());
        self.note(format!(
            "{} {grant} {} {secret} {:?}",
            call.operation.id, body.client_id, body.scope
        ));
        Ok(CreateTokenResponse::NoContent)
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
        let mut headers = self.headers.iter();
        let found = headers.find(|(have, _)| have == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The text of the fault.
    pub fn told(&self) -> String {
        let fault: Value = serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{}", self.body));
        fault["text"].as_str().unwrap_or_default().to_owned()
    }
}

/// Sends a request to the routes.
pub async fn send(request: TestRequest) -> Answer {
    let api = Loose::default();
    let app = App::new()
        .app_data(web::Data::new(api.clone()))
        .configure(configure::<Loose>);
    let app = init_service(app).await;
    let response = call_service(&app, request.to_request()).await;
    let status = response.status().as_u16();
    let headers = response.headers().iter();
    let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    let headers = headers.collect();
    let body = String::from_utf8(read_body(response).await.to_vec()).unwrap();
    Answer {
        status,
        headers,
        body,
        calls: api.calls.borrow_mut().drain(..).collect(),
    }
}
