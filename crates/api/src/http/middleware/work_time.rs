//! The time that a request may take.

use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;

use futures::future::poll_fn;
use tokio::time::{Instant, sleep_until};

use super::body::BodyClock;
use crate::http::FrameworkProblem;

/// Works for so long at the most, less the time in which the work waits for the body of its request: that has
/// limits of its own. Once the body is given up, so is the work.
pub(super) async fn within<F: Future>(
    limit: Duration,
    body: Option<Rc<BodyClock>>,
    mut work: Pin<&mut F>,
) -> Result<F::Output, FrameworkProblem> {
    let started = Instant::now();
    let ends = |waited: Duration| started + limit + waited;
    let mut alarm = pin!(sleep_until(ends(Duration::ZERO)));
    let mut stands_still = false;
    poll_fn(|cx| {
        let outcome = work.as_mut().poll(cx);
        if let Some(body) = &body {
            if body.given_up().is_some() {
                return Poll::Ready(Err(FrameworkProblem::BodyTooSlow));
            }
            if outcome.is_pending() {
                // The body's own clock wakes this.
                let was_waiting = std::mem::replace(&mut stands_still, body.is_waiting());
                if stands_still {
                    return Poll::Pending;
                }
                if was_waiting {
                    alarm.as_mut().reset(ends(body.waited()));
                }
            }
        }
        match outcome {
            Poll::Ready(outcome) => Poll::Ready(Ok(outcome)),
            Poll::Pending => alarm.as_mut().poll(cx).map(|()| Err(FrameworkProblem::TimedOut)),
        }
    })
    .await
}
