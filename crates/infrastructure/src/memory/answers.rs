//! Finished answers.

use std::sync::Arc;

use moka::policy::EvictionPolicy;
use moka::sync::Cache as Moka;
use vestibule_domain::ports::AnswerStore;

/// Answers in this process, bounded in bytes. What was not asked for the longest is forgotten first.
pub struct MemoryAnswers {
    entries: Moka<String, Entry>,
    /// The largest answer that is kept, in bytes.
    largest: usize,
}

#[derive(Clone)]
struct Entry {
    generation: Arc<[u8]>,
    answer: Arc<[u8]>,
}

impl MemoryAnswers {
    /// The memory of an entry beside its texts, in bytes; about what moka takes.
    const OVERHEAD: usize = 256;
    /// No answer takes more than this part of the room.
    const PART: usize = 16;

    /// Room for this many bytes.
    pub fn new(bytes: usize) -> Self {
        let weigh = |question: &String, entry: &Entry| {
            let texts = question.len() + entry.generation.len() + entry.answer.len();
            u32::try_from(Self::OVERHEAD + texts).unwrap_or(u32::MAX)
        };
        let room = u64::try_from(bytes).unwrap_or(u64::MAX);
        let entries =
            Moka::builder().max_capacity(room).weigher(weigh).eviction_policy(EvictionPolicy::lru()).build();
        Self { entries, largest: bytes / Self::PART }
    }
}

impl AnswerStore for MemoryAnswers {
    fn get(&self, question: &str, generation: &[u8]) -> Option<Arc<[u8]>> {
        let entry = self.entries.get(question)?;
        (*entry.generation == *generation).then_some(entry.answer)
    }

    fn put(&self, question: &str, generation: &[u8], answer: Arc<[u8]>) {
        if answer.len() + question.len() > self.largest {
            return;
        }
        self.entries.insert(question.to_owned(), Entry { generation: generation.into(), answer });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(bytes: usize) -> Arc<[u8]> {
        vec![b'a'; bytes].into()
    }

    #[test]
    fn an_answer_is_given_out_for_its_generation_alone() {
        let answers = MemoryAnswers::new(1 << 20);
        answers.put("list", b"one", answer(3));
        assert_eq!(answers.get("list", b"one"), Some(answer(3)));
        assert_eq!(answers.get("list", b"two"), None);
        assert_eq!(answers.get("other", b"one"), None);
        answers.put("list", b"two", answer(4));
        assert_eq!(answers.get("list", b"one"), None);
        assert_eq!(answers.get("list", b"two"), Some(answer(4)));
    }

    #[test]
    fn the_room_is_never_exceeded_and_no_answer_takes_much_of_it() {
        let room = 1 << 20;
        let answers = MemoryAnswers::new(room);
        answers.put("large", b"one", answer(room / MemoryAnswers::PART + 1));
        assert_eq!(answers.get("large", b"one"), None);
        for number in 0..1000 {
            answers.put(&number.to_string(), b"one", answer(10_000));
        }
        answers.entries.run_pending_tasks();
        assert!(answers.entries.weighted_size() <= room as u64);
        assert_eq!(answers.get("999", b"one"), Some(answer(10_000)));
    }
}
