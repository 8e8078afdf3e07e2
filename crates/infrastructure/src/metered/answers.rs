//! Finished answers, counted.

use std::sync::Arc;

use metrics::Counter;
use vestibule_domain::ports::AnswerStore;

/// Counts the questions to a store of answers by their result.
pub struct MeteredAnswers {
    answers: Arc<dyn AnswerStore>,
    hits: Counter,
    misses: Counter,
}

impl MeteredAnswers {
    /// Counts this store.
    pub fn new(answers: Arc<dyn AnswerStore>) -> Self {
        let questions = |result| metrics::counter!("vestibule_kept_answers_total", "result" => result);
        Self { answers, hits: questions("hit"), misses: questions("miss") }
    }
}

impl AnswerStore for MeteredAnswers {
    fn get(&self, question: &str, generation: &[u8]) -> Option<Arc<[u8]>> {
        let answer = self.answers.get(question, generation);
        let counter = if answer.is_some() { &self.hits } else { &self.misses };
        counter.increment(1);
        answer
    }

    fn put(&self, question: &str, generation: &[u8], answer: Arc<[u8]>) {
        self.answers.put(question, generation, answer);
    }
}
