//! Things that happen at once.

use std::sync::Arc;

use futures::future::join_all;
use tokio::sync::Barrier;

/// Runs `count` tasks that start at the same moment, and answers their results in the order of their numbers.
pub async fn at_once<T, F>(count: usize, mut task: impl FnMut(usize) -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let start = Arc::new(Barrier::new(count));
    let tasks = (0..count).map(|number| {
        let (start, task) = (Arc::clone(&start), task(number));
        tokio::spawn(async move {
            start.wait().await;
            task.await
        })
    });
    let answers = join_all(tasks.collect::<Vec<_>>()).await;
    answers.into_iter().map(|answer| answer.expect("a task panicked")).collect()
}
