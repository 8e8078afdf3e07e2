//! More passwords than can be hashed.

use futures::future::join_all;
use vestibule_tests::TestApp;

use super::person::{EMAIL, PASSWORD, log_in, member};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_queue_is_503_with_a_time_to_wait_and_nothing_else_fails() {
    let app = TestApp::on_sqlite()
        .with("password.threads", "1")
        .with("password.queue", "1")
        .with("password.bcrypt_cost", "8")
        .start()
        .await;
    member(&app, EMAIL).await;
    let answers = join_all((0..40).map(|_| log_in(&app, EMAIL, PASSWORD))).await;
    let busy: Vec<_> = answers.iter().filter(|answer| answer.status == 503).collect();
    assert!(!busy.is_empty(), "forty logins fit into a queue of one");
    assert!(answers.iter().all(|answer| [201, 503].contains(&answer.status)));
    for answer in busy {
        answer.is_detail(503, "Service Unavailable");
        assert!(answer.header("retry-after").parse::<u64>().unwrap() >= 1);
    }
    assert_eq!(log_in(&app, EMAIL, PASSWORD).await.status, 201);
}
