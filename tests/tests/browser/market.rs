//! The demonstration under test: one market and one chromedriver for all promises that run at the same time.

use crate::browser::chromium::{Browser, Driver};
use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

/// Raising two sponsors and seven firms, unoptimised, on a computer that also compiles.
const RAISED_WITHIN: Duration = Duration::from_secs(240);

/// Stopping nine nodes in order.
const STOPPED_WITHIN: Duration = Duration::from_secs(30);

static RUNNING: Mutex<Weak<Market>> = Mutex::new(Weak::new());

/// A demonstration that runs, with the pages it printed. Ends with the last promise that looks at it.
pub(crate) struct Market {
    demo: Child,
    /// Everything that it printed up to the end of its guide.
    pub(crate) guide: String,
    driver: Arc<Driver>,
}

/// A person of the story, as the guide tells of them.
#[derive(Clone)]
pub(crate) struct Persona {
    /// Short name, as in `operations`.
    pub(crate) id: String,
    /// Name and port of the desk, as in `operations.supplier.localhost:4711`.
    pub(crate) host: String,
    /// The address that lets a browser in.
    pub(crate) opens: String,
}

impl Persona {
    /// As the guide says.
    pub(crate) fn password(&self) -> String {
        format!("demo-{}", self.id)
    }

    /// The port of the firm's desk.
    pub(crate) fn port(&self) -> u16 {
        self.host.rsplit(':').next().and_then(|port| port.parse().ok()).unwrap_or_default()
    }
}

impl Market {
    /// The market that runs, or a new one; none where the browser suite is to be left out, and then it says so.
    pub(crate) fn enter() -> Result<Option<Arc<Market>>> {
        if std::env::var_os("COSOLVENT_WITHOUT_BROWSER").is_some_and(|set| set == "1") {
            println!("SKIPPED: the browser suite, because COSOLVENT_WITHOUT_BROWSER=1.");
            return Ok(None);
        }
        // A promise that failed while raising leaves nothing behind; the next one may try.
        let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(market) = running.upgrade() {
            return Ok(Some(market));
        }
        let market = Arc::new(Market::raise()?);
        *running = Arc::downgrade(&market);
        Ok(Some(market))
    }

    fn raise() -> Result<Market> {
        let started = Instant::now();
        let mut command = Command::new(env!("CARGO_BIN_EXE_cosolvent-under-test"));
        let mut demo = command.arg("demo").stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let said = demo.stdout.take().context("its output")?;
        let (send, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(said).lines().map_while(Result::ok) {
                let _ = send.send(line);
            }
        });
        // From here on the market ends with this value, also when it could not be raised.
        let mut market = Market { demo, guide: String::new(), driver: Arc::new(Driver::start()?) };
        market.read(&lines)?;
        println!("The first page was there after {:.1} s.", started.elapsed().as_secs_f64());
        Ok(market)
    }

    fn read(&mut self, lines: &Receiver<String>) -> Result<()> {
        while !self.guide.contains("Ctrl-C") {
            let line = lines.recv_timeout(RAISED_WITHIN).context("waiting for the demonstration's guide")?;
            self.guide += &line;
            self.guide.push('\n');
        }
        Ok(())
    }

    /// The persona of a firm, as in `operations.supplier`.
    pub(crate) fn persona(&self, who: &str) -> Result<Persona> {
        let begin = format!("http://{who}.localhost:");
        let line = self.guide.lines().find_map(|line| line.find(&begin).map(|at| &line[at..]));
        let opens = line.with_context(|| format!("a page for {who} in the guide:\n{}", self.guide))?.trim().to_owned();
        let host = opens.trim_start_matches("http://").split('/').next().unwrap_or_default().to_owned();
        let Some((id, _)) = who.split_once('.') else { bail!("{who} is a person and a firm") };
        Ok(Persona { id: id.to_owned(), host, opens })
    }

    /// A new browser.
    pub(crate) fn browser(&self) -> Result<Browser> {
        Browser::open(&self.driver, true)
    }

    /// A new browser in which no page may run scripts.
    pub(crate) fn browser_without_scripts(&self) -> Result<Browser> {
        Browser::open(&self.driver, false)
    }
}

impl Drop for Market {
    fn drop(&mut self) {
        // Told to stop it clears its folder away; one that does not listen is killed.
        let _ = kill_process(Pid::from_child(&self.demo), Signal::INT);
        let started = Instant::now();
        while started.elapsed() < STOPPED_WITHIN {
            if !matches!(self.demo.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let _ = self.demo.kill();
        let _ = self.demo.wait();
    }
}
