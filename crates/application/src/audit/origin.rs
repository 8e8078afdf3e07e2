//! From where a use case was called.

use std::net::IpAddr;

use uuid::Uuid;
use vestibule_domain::accounts::AccountSurface;

tokio::task_local! {
    static ORIGIN: Origin;
}

/// From where a use case was called, for the audit trail, the statistics and the note of where an account came from: no
/// rule depends on it.
///
/// The outermost layer says it once, around all that it does for a call ([`Origin::scope`]), and the trail asks for it
/// where it writes. It goes with the task, as the span of a log line does. A field of every input was rejected: thirty
/// handlers and commands would each have to fill it in, and a wrong value would look like a right one.
///
/// What is spawned as a task of its own has none of its spawner's, and counts as the server's own work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// The surface; `command` or `worker` where there is none. 32 characters at the most.
    pub surface: &'static str,
    /// Where the client is.
    pub client_address: Option<IpAddr>,
    /// The id of the request.
    pub request: Option<Uuid>,
}

impl Origin {
    /// The command line.
    pub const COMMAND: Self = Self::without_client("command");

    /// The background work of a server.
    pub const WORKER: Self = Self::without_client("worker");

    const fn without_client(surface: &'static str) -> Self {
        Self { surface, client_address: None, request: None }
    }

    /// A request. Which surface it is for is not known yet; see [`Origin::at_surface`].
    pub fn request(id: Uuid, client_address: Option<IpAddr>) -> Self {
        Self { surface: "server", client_address, request: Some(id) }
    }

    /// The same call, which turned out to be for this surface.
    #[must_use]
    pub fn at_surface(self, surface: &'static str) -> Self {
        Self { surface, ..self }
    }

    /// The origin of the work that is being done; [`Origin::WORKER`] where nobody said any.
    pub fn current() -> Self {
        ORIGIN.try_with(|origin| *origin).unwrap_or(Self::WORKER)
    }

    /// The surface through which an account comes that is signed up now; `None` where the work comes from none at which
    /// accounts are signed up.
    pub(crate) fn account_surface() -> Option<AccountSurface> {
        Self::current().surface.parse().ok()
    }

    /// Does work that comes from here.
    pub fn scope<F: Future>(self, work: F) -> impl Future<Output = F::Output> {
        ORIGIN.scope(self, work)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn work_knows_where_it_comes_from_and_what_is_spawned_does_not() {
        assert_eq!(Origin::current(), Origin::WORKER);
        let request = Origin::request(Uuid::max(), None);
        let inner = request.scope(async {
            let outer = Origin::current();
            let inner = outer.at_surface("theater").scope(async { Origin::current() }).await;
            let spawned = tokio::spawn(async { Origin::current() }).await.unwrap();
            assert_eq!((outer, spawned, Origin::current()), (request, Origin::WORKER, request));
            inner
        });
        assert_eq!(inner.await, Origin { surface: "theater", ..request });
    }

    #[tokio::test]
    async fn an_account_comes_through_the_surface_of_the_call_and_else_through_none() {
        let at = |surface| Origin::COMMAND.at_surface(surface).scope(async { Origin::account_surface() });
        assert_eq!(at("points").await, Some(AccountSurface::Points));
        for other in ["console", "pages", "server", "command"] {
            assert_eq!(at(other).await, None, "{other}");
        }
        assert_eq!(Origin::account_surface(), None);
    }
}
