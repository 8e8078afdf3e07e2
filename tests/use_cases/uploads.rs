//! The quota of uploads.

use std::sync::Arc;
use std::time::Duration;

use vestibule_application::media::CountUploadError;
use vestibule_application::policy::uploads_per_hour;
use vestibule_application::{CodedError as _, ErrorKind};
use vestibule_domain::accounts::AccountId;
use vestibule_use_case_tests::{AbsentLimiter, UseCases};

const ADA: AccountId = AccountId(1);
const EVE: AccountId = AccountId(2);

fn with_quota(max: u32) -> UseCases {
    UseCases::with(|deps| deps.uploads_per_account = uploads_per_hour(max))
}

/// What kind of refusal it is, and for how long.
type Refusal = (ErrorKind, Option<Duration>);

async fn count(node: &UseCases, account: AccountId) -> Result<(), Refusal> {
    let counted = node.services.count_upload.execute(account).await;
    counted.map_err(|error: CountUploadError| (error.kind(), error.retry_after()))
}

#[tokio::test]
async fn an_account_has_one_quota_at_all_nodes_and_each_account_its_own() {
    let one = with_quota(3);
    let limiter = one.deps.limiter.clone();
    let other = UseCases::with(|deps| {
        deps.uploads_per_account = uploads_per_hour(3);
        deps.limiter = limiter;
    });
    for node in [&one, &other, &one] {
        assert_eq!(count(node, ADA).await, Ok(()));
    }
    for node in [&one, &other] {
        let refused = count(node, ADA).await.unwrap_err();
        assert_eq!(refused, (ErrorKind::RateLimited, Some(Duration::from_hours(1))));
        assert_eq!(count(node, EVE).await, Ok(()));
    }
}

#[tokio::test]
async fn after_an_hour_the_quota_is_whole_again() {
    let app = with_quota(1);
    assert_eq!(count(&app, ADA).await, Ok(()));
    app.clock.advance(Duration::from_mins(59));
    let refused = count(&app, ADA).await.unwrap_err();
    assert_eq!(refused, (ErrorKind::RateLimited, Some(Duration::from_mins(1))));
    app.clock.advance(Duration::from_mins(1));
    assert_eq!(count(&app, ADA).await, Ok(()));
}

#[tokio::test]
async fn without_its_counter_nothing_is_read_unless_there_is_no_quota() {
    let with = |max| {
        UseCases::with(|deps| {
            deps.uploads_per_account = uploads_per_hour(max);
            deps.limiter = Arc::new(AbsentLimiter);
        })
    };
    assert!(matches!(count(&with(60), ADA).await, Err((ErrorKind::Unavailable, _))));
    assert_eq!(count(&with(0), ADA).await, Ok(()));
}
