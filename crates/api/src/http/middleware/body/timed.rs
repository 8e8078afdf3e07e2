//! A body that is given up when it comes too slowly.

use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use bytes::Bytes;
use futures::Stream;
use tokio::time::{Sleep, sleep_until};

use super::super::milliseconds::milliseconds;
use super::clock::BodyClock;
use super::pace::{BodyPace, Credit};

/// A body under a [`BodyPace`], whoever reads it. Once it is given up, reading fails, and its [`BodyClock`] knows why.
pub(super) struct TimedBody {
    payload: Payload,
    pace: BodyPace,
    clock: Rc<BodyClock>,
    received: u64,
    credit: Credit,
    /// Made at the first wait: most bodies come with their heads.
    alarm: Option<Pin<Box<Sleep>>>,
    /// Whether to leave what was not read in the clock.
    keeps_rest: bool,
}

impl TimedBody {
    pub(super) fn new(payload: Payload, pace: BodyPace, clock: Rc<BodyClock>, keeps_rest: bool) -> Self {
        Self { payload, pace, clock, received: 0, credit: pace.credit(), alarm: None, keeps_rest }
    }

    /// Ends when the wait for the next bytes has taken too long.
    fn poll_patience(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let (wait, is_new) = self.clock.wait(|waited| self.pace.patience(self.credit, waited));
        let alarm = self.alarm.get_or_insert_with(|| Box::pin(sleep_until(wait.until)));
        if is_new {
            alarm.as_mut().reset(wait.until);
        }
        ready!(alarm.as_mut().poll(cx));
        self.clock.give_up(wait.slowness);
        let (received, slowness) = (self.received, wait.slowness);
        tracing::info!(
            received,
            waited_ms = milliseconds(self.clock.waited()),
            ?slowness,
            "a body was given up"
        );
        Poll::Ready(())
    }
}

impl Stream for TimedBody {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if this.clock.given_up().is_none() {
            match Pin::new(&mut this.payload).poll_next(cx) {
                Poll::Ready(item) => {
                    this.clock.go_on();
                    match &item {
                        Some(Ok(bytes)) => {
                            this.received += bytes.len() as u64;
                            this.credit = this.pace.earned(this.credit, bytes.len(), this.clock.waited());
                        }
                        Some(Err(_)) | None => this.keeps_rest = false,
                    }
                    return Poll::Ready(item);
                }
                Poll::Pending => ready!(this.poll_patience(cx)),
            }
        }
        Poll::Ready(Some(Err(PayloadError::Io(io::ErrorKind::TimedOut.into()))))
    }
}

impl Drop for TimedBody {
    fn drop(&mut self) {
        self.clock.go_on();
        if self.keeps_rest {
            self.clock.keep(self.payload.take());
        }
    }
}
