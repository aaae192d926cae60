//! A browser under ChromeDriver, spoken to in the words of W3C WebDriver.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;
use testkit::http;

/// The member under which WebDriver hands out elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// The key Control, held until all keys are released.
const CONTROL: char = '\u{E009}';
const TAB: char = '\u{E004}';
const RELEASE: char = '\u{E000}';
/// How long an element may take to appear, in milliseconds.
const PATIENCE: u64 = 20_000;

/// The programs that the suite needs.
pub struct Programs {
    browser: PathBuf,
    driver: PathBuf,
}

impl Programs {
    /// Looks for Debian's names in the path; the error names what is missing.
    pub fn find() -> Result<Self, String> {
        let find = |name: &str| {
            let path = std::env::var_os("PATH").unwrap_or_default();
            let found = std::env::split_paths(&path)
                .map(|folder| folder.join(name))
                .find(|file| file.is_file());
            found.ok_or_else(|| {
                format!("`{name}` is not in the path (Debian packages chromium, chromium-driver)")
            })
        };
        Ok(Self {
            browser: find("chromium")?,
            driver: find("chromedriver")?,
        })
    }
}

/// One window. It closes, and its driver ends, when it is dropped.
pub struct Browser {
    driver: Child,
    session: String,
    url: String,
    profile: TempDir,
}

/// Something on the page.
pub struct Element<'b> {
    browser: &'b Browser,
    id: String,
}

impl Browser {
    pub fn open(programs: &Programs) -> Self {
        let mut driver = Command::new(&programs.driver)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = loop {
            let line = lines
                .next()
                .expect("the driver says its port before it ends")
                .unwrap();
            if let Some((_, port)) = line.split_once("successfully on port ") {
                break port.trim_end_matches('.').to_owned();
            }
        };
        // The driver must never wait for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        let profile = tempfile::tempdir().unwrap();
        let url = format!("http://127.0.0.1:{port}");
        let mut browser = Self {
            driver,
            session: String::new(),
            url,
            profile,
        };
        let options = json!({
            "binary": programs.browser,
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--window-size=1400,2000", format!("--user-data-dir={}", browser.profile.path().display()),
            ],
        });
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
            "timeouts": {"implicit": PATIENCE},
        }}});
        let session = browser.call("POST", "/session", &wanted);
        browser.session = format!("/session/{}", session["sessionId"].as_str().unwrap());
        browser
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let (answer, value) = self.ask(method, path, body);
        assert_eq!(answer, 200, "{method} {path}: {value}");
        value
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let target = format!("{}{path}", self.session);
        let bytes = (method == "POST").then(|| body.to_string().into_bytes());
        let headers = [("Content-Type".to_owned(), "application/json".to_owned())];
        let reply = http::send(&self.url, method, &target, &headers, bytes.as_deref()).unwrap();
        let value: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
        (reply.status, value["value"].clone())
    }

    pub fn go(&self, url: &str) {
        self.call("POST", "/url", &json!({"url": url}));
    }

    /// The first element that a CSS selector finds; waits for it.
    pub fn find(&self, selector: &str) -> Element<'_> {
        let found = self.call(
            "POST",
            "/element",
            &json!({"using": "css selector", "value": selector}),
        );
        Element {
            browser: self,
            id: found[ELEMENT].as_str().unwrap().to_owned(),
        }
    }

    /// Runs a function's body in the page.
    pub fn run(&self, script: &str, arguments: &[&str]) -> Value {
        self.call(
            "POST",
            "/execute/sync",
            &json!({"script": script, "args": arguments}),
        )
    }

    /// What the page complained about in the console.
    pub fn complaints(&self) -> Vec<String> {
        let entries = self.call("POST", "/se/log", &json!({"type": "browser"}));
        let severe = |entry: &&Value| entry["level"] == "SEVERE";
        entries
            .as_array()
            .unwrap()
            .iter()
            .filter(severe)
            .map(|entry| entry["message"].to_string())
            .collect()
    }

    /// The address of every request that pages of this window sent.
    pub fn requests(&self) -> Vec<String> {
        let entries = self.call("POST", "/se/log", &json!({"type": "performance"}));
        let address = |entry: &Value| {
            let event: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
            let message = &event["message"];
            let sent = message["method"] == "Network.requestWillBeSent";
            sent.then(|| message["params"]["request"]["url"].as_str().map(str::to_owned))?
        };
        entries.as_array().unwrap().iter().filter_map(address).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() && !std::thread::panicking() {
            let _ = self.ask("DELETE", "", &Value::Null);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

impl Element<'_> {
    fn path(&self, tail: &str) -> String {
        format!("/element/{}{tail}", self.id)
    }

    /// Clicks it, once the page has brought it into view.
    pub fn click(&self) {
        let script = json!({
            "script": "arguments[0].scrollIntoView({block: 'center'}); arguments[0].click();",
            "args": [{ELEMENT: self.id}],
        });
        self.browser.call("POST", "/execute/sync", &script);
    }

    /// Replaces the text of a field: marks all of it, types and leaves the field. The page never sees it empty, which it
    /// may answer by filling it again, and takes the text at once.
    pub fn write(&self, text: &str) {
        let typed = format!("{CONTROL}a{RELEASE}{text}{TAB}");
        self.browser
            .call("POST", &self.path("/value"), &json!({"text": typed}));
    }

    pub fn text(&self) -> String {
        self.browser
            .call("GET", &self.path("/text"), &Value::Null)
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }
}
