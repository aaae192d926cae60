//! One server, one document: requests are made, sent, judged and noted.

use super::call::{At, Call, Payload, Shown};
use super::finding::Finding;
use super::rules;
use super::shrink::shrink;
use super::spec::{Operation, Spec};
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use testkit::app::secret;
use testkit::document::Breach;
use testkit::{App, Reply, http};

/// How many findings of one rule and operation are looked at closely.
const CLOSELY: usize = 6;

/// What all sessions have seen and found.
#[derive(Default)]
pub struct Notes {
    pub findings: Mutex<Vec<Finding>>,
    /// Dialect, operation, status.
    pub seen: Mutex<BTreeSet<(&'static str, String, u16)>>,
    pub sent: std::sync::atomic::AtomicUsize,
}

/// One server and its document.
pub struct Session<'s> {
    pub spec: &'s Spec,
    pub app: &'s App,
    pub seed: u64,
    notes: &'s Notes,
    /// The values of schemes by scheme and client id.
    values: RefCell<BTreeMap<(String, String), String>>,
    /// A user who exists, where the API cannot make one.
    user: Option<Value>,
    counter: Cell<u32>,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    pub reply: Reply,
    /// The body, whatever its media type; null when there is none.
    pub json: Value,
}

impl Answer {
    pub fn status(&self) -> u16 {
        self.reply.status
    }

    pub fn is_good(&self) -> bool {
        self.reply.status / 100 == 2
    }

    /// Refused, and not for a fault of the server.
    pub fn is_refusal(&self) -> bool {
        self.reply.status / 100 == 4
    }

    /// Status and body without what differs from answer to answer.
    fn words(&self) -> String {
        let text = self.told();
        text.chars().filter(|c| !c.is_ascii_hexdigit()).collect()
    }

    pub fn told(&self) -> String {
        let body: String = self.reply.text().chars().take(600).collect();
        format!("{} {body}", self.reply.status)
    }
}

impl<'s> Session<'s> {
    pub fn new(spec: &'s Spec, app: &'s App, seed: u64, notes: &'s Notes) -> Self {
        let user = spec.document.access().user.map(|make| make(app));
        Self {
            spec,
            app,
            seed,
            notes,
            values: RefCell::default(),
            user,
            counter: Cell::new(0),
        }
    }

    /// A request with all that is required, from the examples of the document, by the admin.
    pub fn base<'o>(&self, operation: &'o Operation) -> Call<'o> {
        let mut call = Call {
            operation,
            method: operation.method.clone(),
            mount: self.spec.mounts[0].clone(),
            path: Vec::new(),
            query: Vec::new(),
            headers: Vec::new(),
            body: Payload::None,
            shown: Vec::new(),
        };
        for param in operation.params.iter().filter(|param| param.is_required) {
            let value = self.known(param.needs.as_deref(), "admin");
            call.set(&param.name, param.place, value.as_ref().unwrap_or(&param.example));
        }
        if let Some(body) = &operation.body {
            let media = body.media_types.iter().find(|media| !media.ends_with("xml"));
            let example = body.examples.first().cloned().unwrap_or_default();
            call.body = self.payload(operation, media.unwrap_or(&body.media_types[0]), example);
        }
        if let Some(set) = operation.security.first() {
            call.shown = self.shown(operation, set, "admin");
        }
        call
    }

    /// A value as the body of an operation. The client's own id and secret stand where the document asks for them.
    pub fn payload(&self, operation: &Operation, media: &str, mut value: Value) -> Payload {
        let body = operation.body.as_ref().unwrap();
        let schema = self.spec.document.resolved(&body.schema);
        for (name, member) in schema["properties"].as_object().into_iter().flatten() {
            let needs = member["x-roster-needs"].as_str().filter(|needs| *needs != "user");
            if let (Some(known), Some(value)) = (self.known(needs, "admin"), value.get_mut(name)) {
                *value = known;
            }
        }
        if let Some(members) = value.as_object_mut() {
            members.retain(|name, _| !body.credentials.iter().any(|(member, _)| member == name));
        }
        let root = schema["xml"]["name"].as_str().unwrap_or_default().to_owned();
        Payload::Value {
            media: media.to_owned(),
            root,
            value,
        }
    }

    /// What only the dialect knows of a client.
    pub fn known(&self, needs: Option<&str>, id: &str) -> Option<Value> {
        match needs? {
            "tenant" => Some(json!((self.spec.document.access().tenant)(id))),
            "client-id" => Some(json!(id)),
            "client-secret" => Some(json!(secret(id))),
            "user" => self.user.clone(),
            _ => None,
        }
    }

    /// A number that was not given out before.
    pub fn count(&self) -> u32 {
        self.counter.set(self.counter.get() + 1);
        self.counter.get()
    }

    /// The right credential of a client, for one set of schemes.
    pub fn shown(&self, operation: &Operation, set: &[String], id: &str) -> Vec<Shown> {
        set.iter()
            .map(|scheme| self.place(operation, scheme, &self.value(scheme, id), true))
            .collect()
    }

    /// The value of a scheme for a client, asked for once.
    pub fn value(&self, scheme: &str, id: &str) -> String {
        let key = (scheme.to_owned(), id.to_owned());
        if let Some(value) = self.values.borrow().get(&key) {
            return value.clone();
        }
        let access = self.spec.document.access().scheme(scheme);
        let value = (access.value)(self.app, id, &secret(id));
        self.values.borrow_mut().insert(key, value.clone());
        value
    }

    /// A value of a scheme where the document wants it.
    pub fn place(&self, operation: &Operation, scheme: &str, value: &str, is_right: bool) -> Shown {
        let described = self.spec.scheme(scheme);
        let in_body = operation.body.iter().flat_map(|body| &body.credentials);
        let member = in_body.into_iter().find(|(_, of)| of == scheme);
        let name = described["name"].as_str().unwrap_or("Authorization").to_owned();
        let (at, name, value) = match (described["type"].as_str(), described["in"].as_str()) {
            _ if member.is_some() => (At::Member, member.unwrap().0.clone(), value.to_owned()),
            (Some("http"), _) if described["scheme"] == "basic" => {
                (At::Header, name, format!("Basic {value}"))
            }
            (Some("http"), _) => (At::Header, name, format!("Bearer {value}")),
            (_, Some("query")) => (At::Query, name, value.to_owned()),
            _ => (At::Header, name, value.to_owned()),
        };
        Shown {
            at,
            name,
            value,
            is_right,
        }
    }

    /// Sends a request and compares the answer with the document.
    pub fn send(&self, call: &Call<'_>) -> Answer {
        let answer = self.ask(call);
        self.judge(call, &answer);
        answer
    }

    /// Sends a request and compares nothing.
    pub fn ask(&self, call: &Call<'_>) -> Answer {
        self.notes.sent.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let target = call.target();
        let bytes = call.bytes();
        let reply = http::send(
            self.app.url(),
            &call.method,
            &target,
            &call.head(),
            bytes.as_deref(),
        );
        let reply = reply.unwrap_or_else(|error| Reply {
            status: 0,
            headers: Vec::new(),
            body: error.to_string().into_bytes(),
        });
        let json = self.spec.document.body(&call.method, &target, &reply);
        Answer { reply, json }
    }

    fn judge(&self, call: &Call<'_>, answer: &Answer) {
        let rules = self.broken(call, answer);
        if rules.is_empty() {
            let (operation, _) = self
                .spec
                .document
                .judge(&call.method, &call.target(), &answer.reply);
            if let Some(operation) = operation {
                let seen = (self.spec.name, operation.to_owned(), answer.status());
                self.notes.seen.lock().unwrap().insert(seen);
            }
        }
        for (rule, expected) in rules {
            self.report(rule, call, &expected, answer, &|smaller| {
                let answer = self.ask(smaller);
                let still = self
                    .broken(smaller, &answer)
                    .iter()
                    .any(|(found, _)| *found == rule);
                still.then_some(answer)
            });
        }
    }

    /// The rules about every answer that this one breaks.
    fn broken(&self, call: &Call<'_>, answer: &Answer) -> Vec<(&'static str, String)> {
        let status = answer.status();
        if status == 0 || status >= 500 {
            return vec![(
                rules::FAULT,
                "an answer that is no fault of the server".to_owned(),
            )];
        }
        let (_, wrong) = self
            .spec
            .document
            .judge(&call.method, &call.target(), &answer.reply);
        let mut broken: BTreeMap<&'static str, String> = BTreeMap::new();
        for (breach, told) in wrong {
            let rule = match breach {
                Breach::Status => rules::STATUS,
                Breach::Header => rules::HEADER,
                Breach::MediaType => rules::MEDIA_TYPE,
                Breach::Body => rules::BODY,
            };
            let words = broken
                .entry(rule)
                .or_insert_with(|| "an answer as documented: ".to_owned());
            words.push_str(&told);
            words.push_str("; ");
        }
        broken.into_iter().collect()
    }

    /// Notes a finding, with the smallest request for which `still` has the same complaint.
    pub fn report(
        &self,
        rule: &'static str,
        call: &Call<'_>,
        expected: &str,
        answer: &Answer,
        still: &dyn Fn(&Call<'_>) -> Option<Answer>,
    ) {
        let operation = &call.operation.id;
        let is_same =
            |f: &&Finding| f.rule == rule && f.operation == *operation && f.dialect == self.spec.name;
        let before = self.notes.findings.lock().unwrap().iter().filter(is_same).count();
        let (call, answer) = if before < CLOSELY {
            shrink(call, answer, still)
        } else {
            (call.clone(), answer.clone())
        };
        self.notes.findings.lock().unwrap().push(Finding {
            rule,
            dialect: self.spec.name,
            operation: operation.clone(),
            expected: expected.to_owned(),
            answered: answer.told(),
            curl: call.curl(),
        });
    }

    /// Sends a request whose answer has to satisfy a rule of its own; `wrong` says what it should have been.
    pub fn demand(
        &self,
        rule: &'static str,
        call: &Call<'_>,
        expected: &str,
        is_wrong: &dyn Fn(&Answer) -> bool,
    ) -> Answer {
        let answer = self.send(call);
        if is_wrong(&answer) {
            self.report(rule, call, expected, &answer, &|smaller| {
                Some(self.ask(smaller)).filter(is_wrong)
            });
        }
        answer
    }

    /// As [`Session::demand`], for a request that fits the document: so does the smaller one that is told.
    pub fn demand_right(
        &self,
        rule: &'static str,
        call: &Call<'_>,
        expected: &str,
        is_wrong: &dyn Fn(&Answer) -> bool,
    ) -> Answer {
        let answer = self.send(call);
        if is_wrong(&answer) {
            let told = answer.words();
            self.report(rule, call, expected, &answer, &|smaller| {
                let answer = smaller.is_right(self.spec.document).then(|| self.ask(smaller))?;
                Some(answer).filter(|answer| is_wrong(answer) && answer.words() == told)
            });
        }
        answer
    }

    /// Notes a finding about something that no single request shows.
    pub fn complain(&self, rule: &'static str, operation: &str, expected: &str, answered: &str, how: &str) {
        self.notes.findings.lock().unwrap().push(Finding {
            rule,
            dialect: self.spec.name,
            operation: operation.to_owned(),
            expected: expected.to_owned(),
            answered: answered.to_owned(),
            curl: how.to_owned(),
        });
    }
}
