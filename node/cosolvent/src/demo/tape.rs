//! Everything that any node of the demonstration logs, kept so that it can be searched for what must not be there.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// The most that is kept, in bytes: a story logs some hundred kilobytes.
const BYTES_MAX: usize = 16 << 20;

/// A log that is written to standard error and kept.
#[derive(Clone, Default)]
pub(super) struct Tape(Arc<Mutex<Vec<u8>>>);

impl Tape {
    /// Starts to keep what is logged. Everything from `info` on is kept; standard error shows what `COSOLVENT_LOG` asks for,
    /// usually errors only.
    pub(super) fn start() -> Tape {
        use tracing_subscriber::Layer;
        use tracing_subscriber::layer::SubscriberExt;
        use tracing_subscriber::util::SubscriberInitExt;
        let tape = Tape::default();
        let shown = EnvFilter::try_from_env("COSOLVENT_LOG").unwrap_or_else(|_| EnvFilter::new("error"));
        let shown = tracing_subscriber::fmt::layer().with_writer(io::stderr).with_filter(shown);
        let kept = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(tape.clone());
        let kept = kept.with_filter(EnvFilter::new("info"));
        // In a test another run of this process may have set it already; then its own tape has the log.
        let _ = tracing_subscriber::registry().with(shown).with(kept).try_init();
        tape
    }

    /// What was logged so far.
    pub(super) fn heard(&self) -> Vec<u8> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Write for Tape {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < BYTES_MAX {
            kept.extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Tape {
    type Writer = Tape;
    fn make_writer(&'a self) -> Tape {
        self.clone()
    }
}
