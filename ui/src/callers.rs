//! Connections to the desk: few at a time, and none that asks nothing.
//!
//! - `DSK-9` At most 64 connections are open; a further one waits until another ends. A connection that is not answered within 60 s
//!   of its beginning, or to which nothing was said for 75 s, is closed as soon as nothing more comes of it.
//!
//! Only what this side says counts: an attacker that sends a byte now and then, and never a whole header, is closed like a silent one.
//! A stream of changes says something every 15 s, so it stays.

use axum::serve::Listener;
use std::future::Future as _;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, sleep};

/// Connections at a time: a browser opens six for a page and one for changes; nine people at once. Each may hold a form of 64 KiB
/// and hyper's buffer of some 400 KiB at worst: 64 × 464 KiB = 29 MiB.
const CONNECTIONS_MAX: usize = 64;

/// From the beginning to the first answer: a header and a form over a bad line, and an answer of a computer that is busy with something else.
const FIRST_ANSWER_WAIT: Duration = Duration::from_secs(60);

/// Between two answers: what browsers keep a connection for.
const NEXT_ANSWER_WAIT: Duration = Duration::from_secs(75);

/// Takes connections in.
pub(crate) struct Callers {
    listener: TcpListener,
    room: Arc<Semaphore>,
    first_wait: Duration,
}

impl Callers {
    /// Over a listener that is bound.
    pub(crate) fn at(listener: TcpListener) -> Callers {
        Callers { listener, room: Arc::new(Semaphore::new(CONNECTIONS_MAX)), first_wait: FIRST_ANSWER_WAIT }
    }
}

impl Listener for Callers {
    type Io = Caller;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Caller, SocketAddr) {
        // INVARIANT: nobody closes the semaphore.
        let room = self.room.clone().acquire_owned().await.expect("the semaphore stays open");
        let (stream, from) = Listener::accept(&mut self.listener).await;
        (Caller { stream, patience: Box::pin(sleep(self.first_wait)), _room: room }, from)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// One connection.
pub(crate) struct Caller {
    stream: TcpStream,
    /// How long more may be read without an answer.
    patience: Pin<Box<Sleep>>,
    _room: OwnedSemaphorePermit,
}

impl Caller {
    fn said(&mut self, written: &Poll<io::Result<usize>>) {
        if matches!(written, Poll::Ready(Ok(bytes)) if *bytes > 0) {
            self.patience.as_mut().reset(Instant::now() + NEXT_ANSWER_WAIT);
        }
    }
}

impl AsyncRead for Caller {
    fn poll_read(mut self: Pin<&mut Self>, task: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.patience.as_mut().poll(task).is_ready() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        Pin::new(&mut self.stream).poll_read(task, into)
    }
}

impl AsyncWrite for Caller {
    fn poll_write(mut self: Pin<&mut Self>, task: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(task, bytes);
        self.said(&written);
        written
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(task, bytes);
        self.said(&written);
        written
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(task)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(task)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{Router, routing::get};
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    /// A desk that is less patient.
    async fn desk() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let router = Router::new().route("/", get(|| async { "here" }));
        let callers = Callers { first_wait: Duration::from_millis(400), ..Callers::at(listener) };
        tokio::spawn(async move { axum::serve(callers, router).await });
        at
    }

    async fn called(at: SocketAddr) -> TcpStream {
        TcpStream::connect(at).await.unwrap()
    }

    async fn is_answered(stream: &mut TcpStream) -> bool {
        let question = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
        stream.write_all(question).await.is_ok() && matches!(stream.read(&mut [0; 4_096]).await, Ok(bytes) if bytes > 0)
    }

    /// Waits until the other side has closed.
    async fn closed(stream: &mut TcpStream) {
        while matches!(stream.read(&mut [0; 4_096]).await, Ok(bytes) if bytes > 0) {}
    }

    #[tokio::test]
    async fn a_connection_that_never_sends_a_whole_header_is_closed() {
        // DSK-9
        let at = desk().await;
        let (mut silent, mut slow) = (called(at).await, called(at).await);
        slow.write_all(b"GET / HTTP/1.1\r\n").await.unwrap();
        closed(&mut silent).await;
        // Once the line is cut, writing fails, sooner or later.
        while slow.write_all(b"X: y\r\n").await.is_ok() {
            sleep(Duration::from_millis(20)).await;
        }
    }

    #[tokio::test]
    async fn a_crowd_that_says_nothing_keeps_nobody_out_for_long() {
        // DSK-9
        let at = desk().await;
        let mut crowd = Vec::new();
        for _ in 0..CONNECTIONS_MAX {
            crowd.push(called(at).await);
        }
        let mut honest = called(at).await;
        assert!(is_answered(&mut honest).await);
        closed(&mut crowd[0]).await;
        assert!(is_answered(&mut honest).await, "whoever was answered may ask again");
    }
}
