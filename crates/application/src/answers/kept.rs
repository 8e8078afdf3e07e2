//! Answers that are given again.

use std::sync::Arc;

use vestibule_domain::accounts::AccountId;
use vestibule_domain::ports::AnswerStore;

use super::question::Scope;
use super::{Generations, Question};
use crate::Deps;

/// Gives finished answers again until what they were made from changes. After a change was answered, no answer from
/// before it is given, on this node and on any other: see `Generations`.
///
/// Who asks has to be let in before: nothing is judged here.
#[derive(Clone)]
pub struct Answers(Option<Kept>);

#[derive(Clone)]
struct Kept {
    store: Arc<dyn AnswerStore>,
    generations: Generations,
}

/// Where a new answer may be kept: under the generation that the data had before it was read.
pub struct Place<'a> {
    kept: &'a Kept,
    question: Question,
    generation: Vec<u8>,
}

impl Answers {
    pub(crate) fn new(deps: &Deps, generations: Generations) -> Self {
        Self(deps.answers.clone().map(|store| Kept { store, generations }))
    }

    /// The kept answer to a question, or else the place for a new one; `None` where it is not to be kept.
    pub async fn find(&self, question: Question) -> Result<Arc<[u8]>, Option<Place<'_>>> {
        let Some(kept) = &self.0 else { return Err(None) };
        let Some(generation) = kept.generations.current(question.scope, question.other).await else {
            return Err(None);
        };
        match kept.store.get(&question.text, &generation) {
            Some(answer) => Ok(answer),
            None => Err(Some(Place { kept, question, generation })),
        }
    }

    /// Ends what is kept of an account, before a change is acknowledged once more that another request made.
    pub(crate) async fn end_account(&self, account: AccountId) {
        if let Some(kept) = &self.0 {
            kept.generations.moved(&[Scope::Account(account)]).await;
        }
    }

    /// Ends what is kept of any account, before a change is acknowledged once more that another request made. That one
    /// may not have come to it yet.
    pub(crate) async fn end_accounts(&self) {
        if let Some(kept) = &self.0 {
            kept.generations.moved(&[Scope::Accounts]).await;
        }
    }

    /// Waits until servers beside this process show what it changed. A command with a cache of its own ends with this,
    /// since nothing tells such servers.
    pub async fn over_elsewhere(&self) {
        if let Some(kept) = &self.0 {
            kept.generations.over_elsewhere().await;
        }
    }

    /// The kept number that answers a question, or else the place for it; `None` where it is not to be kept.
    pub(crate) async fn number(&self, question: Question) -> Result<u64, Option<Place<'_>>> {
        let kept = self.find(question).await?;
        // Another question of the same text: that is a defect, and the store knows the number.
        <[u8; 8]>::try_from(&*kept).map(u64::from_le_bytes).map_err(|_other| None)
    }
}

impl Place<'_> {
    /// Keeps an answer that was made after this place was given.
    pub fn keep(self, answer: &[u8]) {
        self.kept.store.put(&self.question.text, &self.generation, answer.into());
    }

    /// Keeps a number, as [`keep`](Self::keep) does.
    pub(crate) fn keep_number(self, number: u64) {
        self.keep(&number.to_le_bytes());
    }
}
