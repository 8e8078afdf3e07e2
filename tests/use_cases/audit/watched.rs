//! Looking at what each use case adds to the trail.

use std::time::Duration;

use vestibule_domain::audit::AuditAction;
use vestibule_use_case_tests::UseCases;

use super::trail;

/// Nothing is recorded.
pub(super) const NOTHING: &[Expected] = &[];

/// Action, kind of the actor, and whether an account is named.
pub(super) type Expected = (AuditAction, &'static str, bool);

/// The use cases, and how much of the trail was looked at.
pub(super) struct Watched {
    pub(super) app: UseCases,
    seen: usize,
}

impl Watched {
    pub(super) fn new() -> Self {
        Self { app: UseCases::new(), seen: 0 }
    }

    /// Passes over what was recorded up to now.
    pub(super) async fn begin_here(&mut self) {
        self.seen = trail(&self.app).await.len();
        self.next_moment();
    }

    /// Fails unless these, and no others, were recorded since the last look.
    pub(super) async fn recorded(&mut self, what: &str, expected: &[Expected]) {
        let trail = trail(&self.app).await;
        let mut found: Vec<_> = trail[self.seen..]
            .iter()
            .map(|event| (event.action.known().unwrap(), event.actor.kind(), event.account.is_some()))
            .collect();
        // Those of one moment are in no order.
        let mut expected = expected.to_vec();
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "{what}");
        self.seen = trail.len();
        self.next_moment();
    }

    /// What is recorded from now on stands behind what was, and what is counted begins anew.
    fn next_moment(&self) {
        self.app.clock.advance(Duration::from_mins(1));
    }
}
