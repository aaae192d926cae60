//! A small implementation of the second fixture's trait, and a client for it.

use std::cell::RefCell;
use std::rc::Rc;

use actix_web::http::StatusCode;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, HttpRequest, web};
use contract::runtime::{Call, Failure, Guid, Refusal, Violation};
use serde_json::Value;

use crate::fixtures::tolerant::models::{Fault, Nothing, Part, Record, RecordCreate, Touch, WordList};
use crate::fixtures::tolerant::params::{DeleteRecordParams, GetRecordParams};
use crate::fixtures::tolerant::responses::{
    CreateRecordResponse, DeleteRecordResponse, GetRecordResponse, ReplaceRecordsResponse,
    TouchRecordsResponse,
};
use crate::fixtures::tolerant::{Problem, TolerantApi, configure};

/// Answers and remembers what its handlers were called with.
#[derive(Clone, Default)]
pub struct Tolerant {
    calls: Rc<RefCell<Vec<String>>>,
}

impl Tolerant {
    fn note(&self, call: &Call<&'static str>, more: &str) {
        let (id, caller, format) = (call.operation.id, call.caller, call.format);
        self.calls
            .borrow_mut()
            .push(format!("{id} {caller} {format:?} {more}"));
    }
}

fn record(id: Guid, name: &str) -> Record {
    Record {
        id,
        rank: Some(7),
        name: name.to_owned(),
        kind: None,
        made: "2026-11-22T15:04:05.25Z".parse().unwrap(),
        seen: None,
        key: None,
        ratio: None,
        flag: Some(true),
        count: None,
        parents: vec![id],
        parts: None,
        note: None,
    }
}

fn part(violation: &Violation) -> Part {
    let (place, pointer) = (violation.place, &violation.pointer);
    Part {
        where_: format!("{place:?} {pointer}"),
        what: format!("{}: {}", violation.rule, violation.message),
    }
}

impl TolerantApi for Tolerant {
    type Caller = &'static str;

    fn problem(&self, _: &HttpRequest, refusal: &Refusal) -> Problem {
        match refusal {
            Refusal::Invalid(violations) => Fault {
                text: "invalid".to_owned(),
                parts: violations.iter().map(part).collect(),
            },
            other => Fault {
                text: format!("{other:?}"),
                parts: Vec::new(),
            },
        }
    }

    async fn account_and_account_key(
        &self,
        _: &HttpRequest,
        account: &str,
        account_key: &str,
    ) -> Result<&'static str, Refusal> {
        match (account, account_key) {
            ("1", "key") => Ok("account"),
            _ => Err(Refusal::Unauthorized { reason: "wrong" }),
        }
    }

    async fn token(&self, _: &HttpRequest, credential: &str) -> Result<&'static str, Refusal> {
        match credential {
            "secret" => Ok("token"),
            _ => Err(Refusal::Unauthorized { reason: "wrong" }),
        }
    }

    async fn get_record(
        &self,
        call: Call<&'static str>,
        params: GetRecordParams,
    ) -> Result<GetRecordResponse, Failure<Fault>> {
        self.note(
            &call,
            &format!("{:?} {} {:?}", params.kind, params.deep, params.ids),
        );
        if params.deep {
            let body = Fault {
                text: "deep".to_owned(),
                parts: Vec::new(),
            };
            return Err(Failure::new(StatusCode::BAD_REQUEST, body));
        }
        let body = record(params.record_id, "a & <b>");
        Ok(GetRecordResponse::Ok { body })
    }

    async fn delete_record(
        &self,
        call: Call<&'static str>,
        params: DeleteRecordParams,
    ) -> Result<DeleteRecordResponse, Failure<Fault>> {
        self.note(&call, &format!("{} {}", params.record_id, params.reason));
        Ok(DeleteRecordResponse::Ok { body: Nothing {} })
    }

    async fn create_record(
        &self,
        call: Call<&'static str>,
        body: RecordCreate,
    ) -> Result<CreateRecordResponse, Failure<Fault>> {
        let parents = body.parents.unwrap_or_default();
        self.note(&call, &format!("{} {:?} {}", body.name, body.kind, parents.len()));
        let id = parents.first().copied().unwrap_or(Guid(uuid::Uuid::nil()));
        let body = record(id, &body.name);
        Ok(CreateRecordResponse::Ok { body })
    }

    async fn touch_records(
        &self,
        call: Call<&'static str>,
        body: Touch,
    ) -> Result<TouchRecordsResponse, Failure<Fault>> {
        self.note(&call, &format!("{:?}", body.at));
        Ok(TouchRecordsResponse::NoContent)
    }

    async fn replace_records(
        &self,
        call: Call<&'static str>,
        body: Option<WordList>,
    ) -> Result<ReplaceRecordsResponse, Failure<Fault>> {
        self.note(&call, &format!("{:?}", body.as_ref().map(|words| words.0.len())));
        let body = body.unwrap_or_default();
        Ok(ReplaceRecordsResponse::Ok { body })
    }
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub kind: String,
    pub body: String,
    pub allow: Option<String>,
    pub calls: Vec<String>,
}

impl Answer {
    /// The violations, one in a line; the text if there are none.
    pub fn told(&self) -> String {
        let fault: Value = serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{}", self.body));
        let parts = fault["Parts"].as_array().cloned().unwrap_or_default();
        let line = |part: &Value| {
            format!(
                "{} {}",
                part["Where"].as_str().unwrap(),
                part["What"].as_str().unwrap()
            )
        };
        if parts.is_empty() {
            return fault["Text"].as_str().unwrap_or_default().to_owned();
        }
        parts.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

/// Sends a request to the routes.
pub async fn send(request: TestRequest) -> Answer {
    let api = Tolerant::default();
    let app = App::new()
        .app_data(web::Data::new(api.clone()))
        .configure(configure::<Tolerant>);
    let app = init_service(app).await;
    let response = call_service(&app, request.to_request()).await;
    let header = |name: &str| {
        let value = response.headers().get(name)?;
        Some(value.to_str().unwrap().to_owned())
    };
    let (status, kind, allow) = (
        response.status().as_u16(),
        header("content-type").unwrap_or_default(),
        header("allow"),
    );
    let body = String::from_utf8(read_body(response).await.to_vec()).unwrap();
    Answer {
        status,
        kind,
        body,
        allow,
        calls: api.calls.borrow_mut().drain(..).collect(),
    }
}
