//! One HTTP/1.1 request on loopback, as we wrote it: the browser's driver speaks it, and a desk must refuse some of it.

use anyhow::{Context, Result};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// The driver answers only when a page has loaded, on a computer that may be busy.
const PATIENCE: Duration = Duration::from_secs(120);

/// What came back.
pub(crate) struct Answer {
    /// The number of the status line.
    pub(crate) status: u16,
    /// The body, as text.
    pub(crate) body: String,
}

/// Asks `127.0.0.1:port`, under whatever name `host` says.
pub(crate) fn ask(port: u16, host: &str, method: &str, path: &str, body: &str) -> Result<Answer> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).with_context(|| format!("connecting to port {port}"))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let length = body.len();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n{body}"
    )?;
    let mut answer = BufReader::new(stream);
    let mut line = String::new();
    answer.read_line(&mut line)?;
    let status = line.split(' ').nth(1).and_then(|number| number.parse().ok()).context("a status line")?;
    let mut length = None;
    loop {
        line.clear();
        answer.read_line(&mut line)?;
        let Some((name, value)) = line.trim().split_once(':') else { break };
        if name.eq_ignore_ascii_case("content-length") {
            length = Some(value.trim().parse::<u64>()?);
        }
    }
    let mut body = Vec::new();
    match length {
        Some(length) => answer.take(length).read_to_end(&mut body)?,
        None => answer.read_to_end(&mut body)?,
    };
    Ok(Answer { status, body: String::from_utf8_lossy(&body).into_owned() })
}
