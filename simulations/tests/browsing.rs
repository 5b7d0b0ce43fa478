//! A played region that goes on: people look and act at the pages of its firms, over real sockets.

use serde_json::Value;
use simulations::browse::Region;
use simulations::story::{PersonPlan, Story};
use simulations::world::VirtualMs;
use simulations::{Scenario, play};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

const HOUR_MS: u64 = 3_600_000;

/// A test that waits longer than this for a state has failed.
const PATIENCE: Duration = Duration::from_secs(60);

fn read(name: &str) -> (Scenario, Story) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(format!("{name}.toml"));
    Scenario::read(&file, None).unwrap()
}

/// A region with its desks. Time stands still except where a test lets it pass.
struct Shown {
    region: Region,
    runtime: Runtime,
}

impl Shown {
    fn up_to(scenario: Scenario, story: Story, until_ms: u64) -> Shown {
        let region = Region::play(scenario, story, Some(VirtualMs(until_ms)), 0).unwrap();
        Shown { region, runtime: Runtime::new().unwrap() }
    }

    fn place(&self, firm: &str) -> usize {
        self.region.story.firms.iter().position(|plan| plan.id == firm).unwrap()
    }

    /// Signs in as the first person of a firm for whom `who` says yes.
    fn sign_in(&self, firm: usize, who: impl Fn(&PersonPlan) -> bool) -> Browser {
        let plan = &self.region.story.firms[firm];
        let person = plan.people.iter().find(|person| who(person)).unwrap();
        let desk = self.runtime.block_on(self.region.open_desk(firm, ([127, 0, 0, 1], 0).into())).unwrap();
        let mut browser = Browser::at(&desk.address(plan, person));
        let password = Region::password_of(&person.id);
        let wrong = browser.send("/sign-in", &[("person", person.id.as_str()), ("password", "guess")]);
        assert_eq!(wrong.status, 401);
        let right = browser.send("/sign-in", &[("person", person.id.as_str()), ("password", &password)]);
        assert_eq!(right.status, 303, "{}", right.body);
        browser.password = password;
        browser
    }

    /// Ends the region, in which no promise may have been broken.
    fn close(self) {
        assert_eq!(self.region.close().unwrap(), []);
    }
}

/// A page as it came over the socket.
struct Page {
    status: u16,
    body: String,
}

/// Somebody's browser.
struct Browser {
    host: String,
    cookie: String,
    token: String,
    password: String,
}

impl Browser {
    /// Opens an address as the guide prints it.
    fn at(address: &str) -> Browser {
        let (host, path) = address.strip_prefix("http://").unwrap().split_once('/').unwrap();
        let (host, none) = (host.to_owned(), String::new);
        let mut browser = Browser { host, cookie: none(), token: none(), password: none() };
        browser.show(&format!("/{path}"));
        browser.show("/sign-in");
        browser
    }

    fn show(&mut self, path: &str) -> Page {
        self.request("GET", path, "")
    }

    fn json(&mut self, noun: &str) -> Vec<Value> {
        let page = self.show(&format!("/api/v1/{noun}"));
        let whole: Value = serde_json::from_str(&page.body).unwrap_or_else(|_| panic!("{}", page.body));
        whole["items"].as_array().unwrap().clone()
    }

    fn send(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let token = self.token.clone();
        let fields = fields.iter().copied().chain([("token", token.as_str())]);
        let form: Vec<String> = fields.map(|(name, value)| format!("{name}={value}")).collect();
        self.request("POST", path, &form.join("&"))
    }

    /// Presses a button of the page of a question.
    fn decide(&mut self, question: &Value, verdict: &str) -> Page {
        let path = format!("/approvals/{}", question["id"].as_str().unwrap());
        let page = self.show(&path);
        let (summary, bytes) = (hidden(&page.body, "summary").unwrap(), hidden(&page.body, "bytes").unwrap());
        let password = self.password.clone();
        let fields = [("summary", summary.as_str()), ("bytes", &bytes), ("password", &password), ("verdict", verdict)];
        self.send(&path, &fields)
    }

    fn waiting(&mut self) -> Vec<Value> {
        self.json("approvals").into_iter().filter(|approval| approval["state"] == "waiting").collect()
    }

    fn request(&mut self, method: &str, path: &str, body: &str) -> Page {
        let port = self.host.rsplit(':').next().unwrap().parse::<u16>().unwrap();
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let Browser { host, cookie, .. } = &self;
        let length = body.len();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {cookie}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        )
        .unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        for cookie in head.lines().filter_map(|line| line.strip_prefix("set-cookie: ")) {
            self.cookie = cookie.split(';').next().unwrap().to_owned();
        }
        self.token = hidden(body, "token").unwrap_or_else(|| self.token.clone());
        Page { status: head.split(' ').nth(1).unwrap().parse().unwrap(), body: body.to_owned() }
    }
}

/// The value of a hidden field.
fn hidden(body: &str, name: &str) -> Option<String> {
    let (_, rest) = body.split_once(&format!("name=\"{name}\" value=\""))?;
    Some(rest.split('"').next()?.to_owned())
}

/// Looks again until there is something to see.
fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(seen) = look() {
            return seen;
        }
        assert!(began.elapsed() < PATIENCE, "{what}: not in {PATIENCE:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn up_to_its_first_page_a_browsed_region_is_the_run_with_the_same_seed() {
    let (mut scenario, story) = read("idle-shift");
    let whole = scenario.clone();
    scenario.hours = 24;
    let run = play(&scenario, &story, scenario.seed, None, None).unwrap().report;
    assert_eq!(run.trace_hash.len(), 64);
    for (scenario, until) in [(scenario, None), (whole, Some(VirtualMs(24 * HOUR_MS)))] {
        let region = Region::play(scenario, story.clone(), until, 60).unwrap();
        assert_eq!(region.opening.trace_hash, run.trace_hash);
        assert_eq!(region.opening.at, run.virtual_ms);
        assert_eq!(region.close().unwrap(), []);
    }
}

#[test]
fn a_decision_on_a_page_of_a_simulated_firm_is_taken_by_its_machine_and_the_other_side_answers_it() {
    let (scenario, story) = read("absent-approver");
    let shown = Shown::up_to(scenario, story, 24 * HOUR_MS);
    let supplier = shown.place("supplier");
    assert_eq!(shown.region.opening.backlogs[supplier].waiting, 1);
    let mut browser = shown.sign_in(supplier, |person| person.roles.iter().any(|role| role.text() == "approver"));
    let inbox = browser.show("/").body;
    let [question] = browser.waiting().try_into().unwrap();
    assert!(inbox.contains(&format!("/approvals/{}", question["id"].as_str().unwrap())), "{inbox}");
    assert!(inbox.contains("Simulated region: the clock is virtual and nobody here exists."));
    assert_eq!(browser.json("deals"), [] as [Value; 0]);

    let decided = browser.decide(&question, "approve");
    assert_eq!(decided.status, 303, "{}", decided.body);
    assert_eq!(browser.waiting(), [] as [Value; 0]);
    let [deal] = browser.json("deals").try_into().unwrap();
    assert_eq!(deal["state"], "open");

    shown.region.let_pass(HOUR_MS);
    let mut asked = |step: &str| {
        until(step, || browser.waiting().into_iter().find(|one| one["step"] == step && one["deal"] == deal["id"]))
    };
    // The buyer's people answer, and ask something themselves.
    for step in ["viable", "talk"] {
        asked(step);
    }
    shown.close();
}

#[test]
fn a_deputy_whom_the_approver_names_on_a_page_decides_the_question_that_waits() {
    let (scenario, story) = read("absent-approver");
    let shown = Shown::up_to(scenario, story, 24 * HOUR_MS);
    let supplier = shown.place("supplier");
    let mut approver = shown.sign_in(supplier, |person| person.id.as_str() == "operations");
    let mut deputy = shown.sign_in(supplier, |person| person.id.as_str() == "operator");
    let [question] = deputy.waiting().try_into().unwrap();
    let page = deputy.show(&format!("/approvals/{}", question["id"].as_str().unwrap()));
    assert_eq!((page.status, hidden(&page.body, "summary")), (200, None), "nothing to decide with before");

    approver.show("/deputies");
    let password = approver.password.clone();
    let fields = [("to", "operator"), ("roles", "approver"), ("from", "2027-03-02"), ("until", "2027-03-09")];
    let named = approver.send("/deputies", &[&fields[..], &[("password", &password)]].concat());
    assert_eq!(named.status, 303, "{}", named.body);

    let decided = deputy.decide(&question, "approve");
    assert_eq!(decided.status, 303, "{}", decided.body);
    let [deal] = deputy.json("deals").try_into().unwrap();
    assert_eq!(deal["state"], "open");
    shown.region.let_pass(HOUR_MS);
    shown.close();
}

#[test]
fn a_moment_passes_for_an_act_and_none_for_a_look_when_the_clock_stands_still() {
    let (scenario, story) = read("absent-approver");
    let shown = Shown::up_to(scenario, story, 24 * HOUR_MS);
    let mut browser = shown.sign_in(shown.place("supplier"), |person| !person.roles.is_empty());
    let now = |browser: &mut Browser| browser.json("status")[0]["now"].as_str().unwrap().to_owned();
    assert_eq!(now(&mut browser), "2027-03-02T08:00:00Z");
    browser.show("/");
    assert_eq!(now(&mut browser), "2027-03-02T08:00:00Z");
    shown.region.let_pass(36 * HOUR_MS);
    until("36 hours have passed", || (now(&mut browser) == "2027-03-03T20:00:00Z").then_some(()));
    shown.close();
}

#[test]
fn where_somebody_real_decides_nobody_decides_by_script() {
    let (scenario, story) = read("idle-shift");
    // Everybody is admitted and nobody has been at a desk yet.
    let shown = Shown::up_to(scenario, story, 0);
    let supplier = shown.place("supplier");
    shown.region.attend(supplier);
    shown.region.let_pass(12 * HOUR_MS);
    let mut browser = shown.sign_in(supplier, |person| !person.roles.is_empty());
    let question = until("a match is found", || browser.waiting().pop());
    assert_eq!(question["step"], "interest");
    until("12 hours have passed", || {
        let now = browser.json("status")[0]["now"].as_str().unwrap().to_owned();
        now.starts_with("2027-03-01T20").then_some(())
    });
    assert_eq!(browser.waiting().len(), 1, "nobody decided");
    assert_eq!(browser.json("deals"), [] as [Value; 0]);
    shown.close();
}

#[test]
fn a_generated_region_shows_the_inbox_of_a_firm_whose_people_are_slow() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/region.toml")).unwrap();
    let text = text.replace("firms = 300", "firms = 24").replace("absent_percent = 10", "absent_percent = 60");
    let scenario = Scenario::parse(&text).unwrap();
    let story = scenario.region.as_ref().unwrap().story(scenario.seed);
    let shown = Shown::up_to(scenario, story, 6 * HOUR_MS);
    let busiest = *shown.region.opening.backlogs.iter().max_by_key(|backlog| backlog.waiting).unwrap();
    assert!(busiest.waiting > 0);
    let mut browser = shown.sign_in(busiest.firm, |person| person.id.as_str() == "owner");
    let (inbox, waiting) = (browser.show("/").body, browser.waiting());
    assert_eq!(waiting.len(), busiest.waiting);
    for question in waiting {
        assert!(inbox.contains(question["id"].as_str().unwrap()));
    }
    shown.close();
}
