//! Finished answers.

use std::sync::Arc;

/// Keeps finished answers in this process, bounded in bytes. It may forget any of them at any time.
///
/// What is kept of one question is one answer. It belongs to the generation of the data that it was made from, and is
/// given out for that generation alone.
pub trait AnswerStore: Send + Sync {
    /// The answer to a question, if one of this generation is kept.
    fn get(&self, question: &str, generation: &[u8]) -> Option<Arc<[u8]>>;

    /// Keeps an answer in place of the one that is kept. An answer that takes too large a part of the room is not kept.
    fn put(&self, question: &str, generation: &[u8], answer: Arc<[u8]>);
}
