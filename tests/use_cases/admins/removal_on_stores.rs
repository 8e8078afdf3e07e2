//! Removing for good, on every store.

use std::sync::Arc;

use vestibule_domain::store::Store;

use super::people::{admin, email, on, signed_up, user};
use super::removals::{DAY, after, is_there, purged, remove, trash};

on_stores![
    an_account_that_is_removed_leaves_its_address_and_name_free,
    an_account_goes_when_its_time_in_the_trash_is_over
];

async fn an_account_that_is_removed_leaves_its_address_and_name_free(store: Arc<dyn Store>) {
    let app = on(store);
    let (root, ada) = (admin(&app, "root").await, user(&app, "ada").await);
    trash(&app, &root, ada.uuid).await;
    remove(&app, &root, ada.uuid).await.unwrap();
    assert!(!is_there(&app, &ada).await);
    signed_up(&app, "ada").await;
    app.log_in(&email("ada")).await;
}

async fn an_account_goes_when_its_time_in_the_trash_is_over(store: Arc<dyn Store>) {
    let app = on(store);
    let (root, ada, eva) = (admin(&app, "root").await, user(&app, "ada").await, user(&app, "eva").await);
    trash(&app, &root, ada.uuid).await;
    app.clock.advance(29 * DAY);
    trash(&app, &root, eva.uuid).await;
    assert_eq!(purged(&app, after(30)).await, 0);
    app.clock.advance(DAY);
    assert_eq!(purged(&app, after(0)).await, 0);
    assert_eq!(purged(&app, after(30)).await, 1);
    assert!(!is_there(&app, &ada).await && is_there(&app, &eva).await);
}
