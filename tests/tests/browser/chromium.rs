//! A real Chromium, driven over WebDriver (W3C Recommendation, "WebDriver") on loopback.
//!
//! Each [`Browser`] is a new Chromium with an empty profile. Nothing waits for a time: what a page is to become is asked for
//! until it is so, or until [`DEADLINE`], and then the failure says what the page showed instead.

use crate::browser::wire;
use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long a page may take to become what it must: two busy cores, unoptimised nodes, words across a network.
pub(crate) const DEADLINE: Duration = Duration::from_secs(90);

/// The member under which WebDriver hands out an element (W3C WebDriver, 12.1).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A chromedriver of ours; ends with its last browser.
pub(crate) struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    /// On a free port.
    pub(crate) fn start() -> Result<Driver> {
        let mut command = Command::new("chromedriver");
        let mut child = command
            .args(["--port=0"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("starting chromedriver; install the package chromium-driver")?;
        let said = BufReader::new(child.stdout.take().context("its output")?);
        let mut driver = Driver { child, port: 0 };
        for line in said.lines() {
            let line = line?;
            if let Some((_, port)) = line.split_once("successfully on port ") {
                driver.port = port.trim_end_matches('.').parse().context("the port of chromedriver")?;
                return Ok(driver);
            }
        }
        bail!("chromedriver ended before it said its port")
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> Result<Value> {
        let body = if method == "POST" { body.to_string() } else { String::new() };
        let answer = wire::ask(self.port, &format!("127.0.0.1:{}", self.port), method, path, &body)?;
        let mut value: Value = serde_json::from_str(&answer.body).context("an answer of chromedriver")?;
        let value = value["value"].take();
        if answer.status == 200 {
            return Ok(value);
        }
        Err(anyhow!("{method} {path}: {} {}", value["error"], value["message"]))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It closes its browsers when it is asked to; killed, it would leave them behind.
        let _ = wire::ask(self.port, "127.0.0.1", "GET", "/shutdown", "");
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One Chromium with one open page.
pub(crate) struct Browser {
    driver: Arc<Driver>,
    session: String,
}

/// Something on the page.
pub(crate) struct Element(String);

impl Browser {
    /// A new one, with or without scripts.
    pub(crate) fn open(driver: &Arc<Driver>, scripts: bool) -> Result<Browser> {
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--no-first-run",
            "--window-size=1280,900",
            "--lang=en",
        ];
        let mut options = json!({ "args": arguments });
        if !scripts {
            options["prefs"] = json!({ "profile.managed_default_content_settings.javascript": 2 });
        }
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL" },
        } } });
        let opened = driver.call("POST", "/session", &wanted).context("opening Chromium")?;
        let session = opened["sessionId"].as_str().context("the id of a session")?.to_owned();
        Ok(Browser { driver: driver.clone(), session })
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> Result<Value> {
        self.driver.call(method, &format!("/session/{}{path}", self.session), body)
    }

    /// Goes to an address and waits until it has loaded.
    pub(crate) fn go(&self, address: &str) -> Result<()> {
        self.call("POST", "/url", &json!({ "url": address })).map(drop)
    }

    /// The address of the page.
    pub(crate) fn address(&self) -> Result<String> {
        Ok(self.call("GET", "/url", &Value::Null)?.as_str().context("an address")?.to_owned())
    }

    /// The page's HTML as it is now.
    pub(crate) fn html(&self) -> Result<String> {
        Ok(self.call("GET", "/source", &Value::Null)?.as_str().context("a page")?.to_owned())
    }

    /// The first that an XPath names.
    pub(crate) fn find(&self, path: &str) -> Result<Element> {
        let found = self.call("POST", "/element", &json!({ "using": "xpath", "value": path }))?;
        Ok(Element(found[ELEMENT].as_str().context("an element")?.to_owned()))
    }

    /// What a reader sees of the first that an XPath names.
    pub(crate) fn text(&self, path: &str) -> Result<String> {
        let element = self.find(path)?;
        let text = self.call("GET", &format!("/element/{}/text", element.0), &Value::Null)?;
        Ok(text.as_str().context("a text")?.to_owned())
    }

    /// An attribute of the first that an XPath names.
    pub(crate) fn value(&self, path: &str, name: &str) -> Result<String> {
        let element = self.find(path)?;
        let value = self.call("GET", &format!("/element/{}/property/{name}", element.0), &Value::Null)?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// Clicks on the first that an XPath names.
    pub(crate) fn click(&self, path: &str) -> Result<()> {
        let element = self.find(path)?;
        self.call("POST", &format!("/element/{}/click", element.0), &json!({})).map(drop)
    }

    /// Types into the first that an XPath names.
    pub(crate) fn type_in(&self, path: &str, text: &str) -> Result<()> {
        let element = self.find(path)?;
        self.call("POST", &format!("/element/{}/value", element.0), &json!({ "text": text })).map(drop)
    }

    /// Types into a field in place of what stands there.
    pub(crate) fn type_over(&self, path: &str, text: &str) -> Result<()> {
        let element = self.find(path)?;
        self.call("POST", &format!("/element/{}/clear", element.0), &json!({}))?;
        self.type_in(path, text)
    }

    /// Enters a day so many days from now into a field for dates, in the order in which this Chromium asks for them.
    pub(crate) fn enter_day(&self, path: &str, days: u32) -> Result<()> {
        let script = format!("return new Date(Date.now() + {days} * 864e5).toISOString().slice(0, 10);");
        let day = self.run(&script)?;
        let parts: Vec<&str> = day.as_str().context("a day")?.split('-').collect();
        let [year, month, day] = parts[..] else { bail!("a day has a year, a month and a day") };
        self.type_in(path, &format!("{month}{day}{year}"))
    }

    /// Presses keys one after the other, on whatever has the focus.
    pub(crate) fn press(&self, keys: &str) -> Result<()> {
        let presses = keys
            .chars()
            .flat_map(|key| ["keyDown", "keyUp"].map(|what| json!({ "type": what, "value": key.to_string() })));
        let actions = json!({ "actions": [{ "type": "key", "id": "keys", "actions": presses.collect::<Vec<_>>() }] });
        self.call("POST", "/actions", &actions).map(drop)
    }

    /// Runs a script in the page.
    pub(crate) fn run(&self, script: &str) -> Result<Value> {
        self.call("POST", "/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Asks again and again until something is so. What is not so at [`DEADLINE`] fails, with what the page showed.
    pub(crate) fn until<T>(&self, what: &str, mut look: impl FnMut() -> Result<T>) -> Result<T> {
        let started = Instant::now();
        loop {
            let why = match look() {
                Ok(found) => return Ok(found),
                Err(why) => why,
            };
            if started.elapsed() > DEADLINE {
                let shows = self.text("//body").unwrap_or_default();
                let at = self.address().unwrap_or_default();
                return Err(why.context(format!("waited in vain for {what} at {at}, which shows:\n{shows}\n")));
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// What the console has said since this was asked last: errors, warnings and refusals of the content policy.
    pub(crate) fn complaints(&self) -> Result<Vec<String>> {
        let said = self.call("POST", "/se/log", &json!({ "type": "browser" }))?;
        let lines = said.as_array().context("a log")?.iter();
        let bad = lines.filter(|line| matches!(line["level"].as_str(), Some("SEVERE" | "WARNING")));
        Ok(bad.map(|line| line["message"].to_string()).collect())
    }

    /// Makes the page as wide as a phone or a screen, in CSS pixels.
    pub(crate) fn widen(&self, width: u32) -> Result<()> {
        let metrics = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        let command = json!({ "cmd": "Emulation.setDeviceMetricsOverride", "params": metrics });
        self.call("POST", "/goog/cdp/execute", &command).map(drop)
    }

    /// Keeps a picture of the whole page in the folder of `COSOLVENT_PICTURES`, if that is set, for people to look at.
    pub(crate) fn picture(&self, name: &str) -> Result<()> {
        let Some(folder) = std::env::var_os("COSOLVENT_PICTURES").map(PathBuf::from) else { return Ok(()) };
        for width in [1280, 320] {
            self.widen(width)?;
            let command = json!({ "cmd": "Page.captureScreenshot", "params": { "captureBeyondViewport": true } });
            let taken = self.call("POST", "/goog/cdp/execute", &command)?;
            let bytes = data_encoding::BASE64.decode(taken["data"].as_str().context("a picture")?.as_bytes())?;
            std::fs::create_dir_all(&folder)?;
            std::fs::write(folder.join(format!("{name}-{width}.png")), bytes)?;
        }
        self.widen(1280)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Without an answer the driver's own end closes it.
        let _ = self.call("DELETE", "", &Value::Null);
    }
}
