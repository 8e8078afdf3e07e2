//! Changing a balance.

use std::sync::Arc;

use time::OffsetDateTime;
use uuid::Uuid;
use vestibule_domain::accounts::{Account, AccountId, AccountUuid};
use vestibule_domain::points::{Points, PointsChange, PointsKind};
use vestibule_domain::ports::Clock;
use vestibule_domain::store::{Constraint, Store, StoreError, UnitOfWork};

use super::outcome;
use crate::accounts::Administrator;
use crate::answers::Answers;
use crate::error::use_case_error;
use crate::idempotency::{IdempotencyKey, Once, Started, Turn};
use crate::retry::retrying;
use crate::{Actor, Deps, Failure};

/// Adds points to a balance, or deducts them, and enters it in the ledger. A balance is never negative, and never over
/// 2⁶³−1.
///
/// With an idempotency key the first answer is given again to the same request, refusals too.
pub struct ChangePoints {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    once: Once,
    answers: Answers,
}

/// What is to be changed.
#[derive(Debug)]
pub struct ChangePointsInput {
    /// Who asks.
    pub actor: Actor,
    /// The account as it was named, by its opaque id; without it that of the one who asks.
    pub account: Option<String>,
    /// What is done.
    pub kind: PointsKind,
    /// With how many points; `None` is a number that is greater than any.
    pub points: Option<Points>,
    /// Why, in at most 255 characters.
    pub reason: Option<String>,
    /// Whether the door `self_credit` is open: with it closed only administrators add points.
    pub is_self_credit_open: bool,
    /// The idempotency key, if there is one.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// A changed balance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointsChanged {
    /// How many points were added or deducted.
    pub points: i64,
    /// The balance after it.
    pub balance: i64,
    /// What the owner is called: the name to show, else the name that identifies, else the address.
    pub name: Option<String>,
}

use_case_error! {
    /// Why the balance is as it was.
    pub enum ChangePointsError {
        /// Another's balance, and not an administrator; or one's own, with the door closed.
        #[error("the one who asks may not change this balance")]
        Forbidden => POINTS_FORBIDDEN,
        /// There is no such account, or it is in the trash.
        #[error("there is no such account")]
        NotFound => ACCOUNT_NOT_FOUND,
        /// The balance is smaller.
        #[error("the balance is smaller than what is to be deducted")]
        Insufficient => INSUFFICIENT_POINTS,
        /// The number, or the balance that it would lead to, is too great.
        #[error("no balance can be as great")]
        OutOfRange => POINTS_OUT_OF_RANGE,
        /// Something else was asked for under this key.
        #[error("the idempotency key was used for something else")]
        KeyReused => IDEMPOTENCY_KEY_REUSED,
        /// The same is being done under this key.
        #[error("the same is being done under this idempotency key")]
        KeyUnderWay => IDEMPOTENCY_KEY_UNDER_WAY,
    }
}

impl ChangePoints {
    /// Builds the use case.
    pub(crate) fn new(deps: &Deps, answers: Answers) -> Self {
        Self { store: deps.store.clone(), clock: deps.clock.clone(), once: Once::new(deps), answers }
    }

    /// Changes the balance.
    pub async fn execute(&self, input: ChangePointsInput) -> Result<PointsChanged, ChangePointsError> {
        let Some(key) = &input.idempotency_key else {
            return retrying(|| self.attempt(&input, None)).await;
        };
        match self.once.start(input.actor.account, key).await.map_err(gone)? {
            Started::Turn(turn) => {
                let done = retrying(|| self.attempt(&input, Some(&turn))).await;
                turn.settle(!matches!(done, Err(ChangePointsError::Failure(_)))).await;
                done
            }
            Started::Answered(answer) => {
                // Whoever did it may have died, or may still wait, between its commit and the end of kept answers.
                self.answers.end_accounts().await;
                outcome::read(&answer).unwrap_or_else(|| {
                    Err(Failure::Internal("a kept answer does not read back".into()).into())
                })
            }
            Started::UnderWay => Err(ChangePointsError::KeyUnderWay),
            Started::OtherRequest => Err(ChangePointsError::KeyReused),
        }
    }

    async fn attempt(
        &self,
        input: &ChangePointsInput,
        turn: Option<&Turn>,
    ) -> Result<PointsChanged, ChangePointsError> {
        let now = self.clock.now();
        let target = permitted(input);
        if turn.is_none() {
            // Nothing is kept of a refusal, so none opens a unit.
            if let Err(refused) = target {
                return Err(refused);
            }
        }
        let mut unit = self.store.begin().await?;
        let done = match target {
            Ok(target) => apply(&mut *unit, input, target, turn, now).await?,
            Err(refused) => Err(refused),
        };
        if let Some(turn) = turn
            && let Some(answer) = outcome::write(&done)
            && !turn.answer(&mut *unit, &answer).await?
        {
            // Another has the turn: this one took too long, and nothing of it is kept.
            return Err(ChangePointsError::KeyUnderWay);
        }
        if done.is_ok() || turn.is_some() {
            unit.commit().await?;
        }
        done
    }
}

/// Changes the balance in a unit of work, or refuses to. The outer error is what nobody is answered again under the
/// same key: a failure, or that the one who asks is gone.
async fn apply(
    unit: &mut dyn UnitOfWork,
    input: &ChangePointsInput,
    target: Target,
    turn: Option<&Turn>,
    now: OffsetDateTime,
) -> Result<Result<PointsChanged, ChangePointsError>, ChangePointsError> {
    let account = unit.accounts().by_uuid(target.account).await?;
    let Some(account) = account.filter(|account| account.details.deleted_at.is_none()) else {
        return Ok(Err(ChangePointsError::NotFound));
    };
    if let Some(administrator) = target.by {
        // Whoever changes a role has locked the account: the role that is seen here holds until the commit.
        let locked = unit.accounts().lock_all(&[account.id, input.actor.account]).await?;
        if locked.iter().all(|account| account.id != input.actor.account) {
            return Err(ChangePointsError::NotFound);
        }
        if !administrator.still_holds(&locked) {
            return Ok(Err(ChangePointsError::Forbidden));
        }
    }
    let Some(points) = input.points else { return Ok(Err(ChangePointsError::OutOfRange)) };
    let change = change(input, &account, points, turn, now);
    // The statement judged, so none of this was read before it.
    Ok(match unit.points().apply(&change).await.map_err(gone)? {
        Some(balance) => Ok(changed(&account, points, balance)),
        None if is_away(unit, account.id).await? => Err(ChangePointsError::NotFound),
        None => Err(refusal(input.kind)),
    })
}

/// Whose balance is to be changed.
#[derive(Debug, Clone, Copy)]
struct Target {
    account: AccountUuid,
    /// The administrator who may do so; `None` if it is the owner's own affair.
    by: Option<Administrator>,
}

/// Whose balance may be changed (points contract, decision 7).
fn permitted(input: &ChangePointsInput) -> Result<Target, ChangePointsError> {
    let actor = &input.actor;
    let account = match &input.account {
        None => actor.uuid,
        Some(id) => AccountUuid(Uuid::parse_str(id).map_err(|_malformed| ChangePointsError::NotFound)?),
    };
    let is_owners_affair = match input.kind {
        PointsKind::Add => input.is_self_credit_open,
        PointsKind::Deduct => true,
    };
    if is_owners_affair && account == actor.uuid {
        return Ok(Target { account, by: None });
    }
    let by = Administrator::with_role(actor).map_err(|_refused| ChangePointsError::Forbidden)?;
    Ok(Target { account, by: Some(by) })
}

fn change(
    input: &ChangePointsInput,
    account: &Account,
    points: Points,
    turn: Option<&Turn>,
    at: OffsetDateTime,
) -> PointsChange {
    PointsChange {
        account: account.id,
        kind: input.kind,
        points,
        reason: input.reason.clone(),
        actor: Some(input.actor.account),
        idempotency_key: turn.map(|turn| turn.digest),
        at,
    }
}

fn changed(account: &Account, points: Points, balance: i64) -> PointsChanged {
    let name = account.details.shown_name().map(str::to_owned);
    PointsChanged { points: points.get(), balance, name }
}

/// The account of the one who asks went after its token was looked at.
fn gone(error: StoreError) -> ChangePointsError {
    match error {
        StoreError::Conflict { constraint: Constraint::ForeignKey } => ChangePointsError::NotFound,
        other => other.into(),
    }
}

/// Whether an account came into the trash, or went for good, since it was read.
async fn is_away(unit: &mut dyn UnitOfWork, account: AccountId) -> Result<bool, StoreError> {
    let account = unit.accounts().by_id(account).await?;
    Ok(account.is_none_or(|account| account.details.deleted_at.is_some()))
}

/// Why a balance did not take a change.
fn refusal(kind: PointsKind) -> ChangePointsError {
    match kind {
        PointsKind::Add => ChangePointsError::OutOfRange,
        PointsKind::Deduct => ChangePointsError::Insufficient,
    }
}
