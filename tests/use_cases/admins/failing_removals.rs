//! Removals that fail: they hold up no other.

use std::time::Duration;

use vestibule_application::maintenance::{PurgeExpiredError, Purged};
use vestibule_infrastructure::faulty::Fault;
use vestibule_use_case_tests::UseCases;

use super::people::{admin, user};
use super::removals::{DAY, after, is_there, trash};

/// Before it the lease is taken, and each of seven kinds is looked through: then the accounts that are due are asked for.
const DUE: u64 = 9;

/// Use cases, and two accounts whose time in the trash is over, the older one first.
async fn two_in_the_trash() -> (UseCases, [vestibule_application::Actor; 2]) {
    let app = UseCases::new();
    let (root, ada, eva) = (admin(&app, "root").await, user(&app, "ada").await, user(&app, "eva").await);
    trash(&app, &root, ada.uuid).await;
    app.clock.advance(DAY);
    trash(&app, &root, eva.uuid).await;
    app.clock.advance(30 * DAY);
    (app, [ada, eva])
}

async fn purge(app: &UseCases) -> Result<(u64, u64), PurgeExpiredError> {
    let purged = app.services.purge_expired.execute_while(after(30), || true).await?;
    let Purged { trashed_accounts, failed_removals, .. } = purged.expect("the only server");
    Ok((trashed_accounts, failed_removals))
}

#[tokio::test]
async fn whatever_fails_of_one_removal_the_other_account_is_removed() {
    let (app, _) = two_in_the_trash().await;
    let before = app.faults.calls();
    assert_eq!(purge(&app).await.unwrap(), (2, 0));
    // The last call ends the lease.
    let calls = app.faults.calls() - before - 1;
    for fault in [Fault::Unexpected, Fault::Unavailable] {
        let mut unknown = 0;
        for call in DUE..=calls {
            let (app, _) = two_in_the_trash().await;
            app.faults.fail_call(call, fault);
            match purge(&app).await {
                Ok(done) => assert_eq!(done, (1, 1), "{call} of {calls}"),
                Err(_) => unknown += 1,
            }
        }
        // Whose turn it is, which is asked three times.
        assert_eq!(unknown, 3);
    }
}

#[tokio::test]
async fn a_removal_that_fails_again_and_again_is_tried_after_growing_waits() {
    const HOUR: Duration = Duration::from_hours(1);
    let (app, [ada, eva]) = two_in_the_trash().await;
    // The first part of what belongs to the older one: after a look, a lock, a second look, the decision and its event.
    app.faults.fail_call(DUE + 6, Fault::Unexpected);
    assert_eq!(purge(&app).await.unwrap(), (1, 1));
    assert!(is_there(&app, &ada).await && !is_there(&app, &eva).await);
    app.clock.advance(HOUR - Duration::from_mins(1));
    assert_eq!(purge(&app).await.unwrap(), (0, 0));
    app.clock.advance(Duration::from_mins(1));
    // The event is there by now.
    app.faults.fail_call(DUE + 5, Fault::Unexpected);
    assert_eq!(purge(&app).await.unwrap(), (0, 1));
    app.clock.advance(HOUR);
    assert_eq!(purge(&app).await.unwrap(), (0, 0));
    app.clock.advance(HOUR);
    assert_eq!(purge(&app).await.unwrap(), (1, 0));
    assert!(!is_there(&app, &ada).await);
}

#[tokio::test]
async fn a_store_that_is_away_puts_nothing_off() {
    let (app, _) = two_in_the_trash().await;
    app.faults.fail_everything(Fault::Unavailable);
    assert!(purge(&app).await.is_err());
    app.faults.heal();
    assert_eq!(purge(&app).await.unwrap(), (2, 0));
}
