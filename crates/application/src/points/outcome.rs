//! Answers that are kept under an idempotency key.

use serde_json::{Value, json};

use super::{ChangePointsError, PointsChanged};
use crate::CodedError as _;

/// What is kept of an outcome; nothing of a failure, which the next try may not meet.
pub(super) fn write(outcome: &Result<PointsChanged, ChangePointsError>) -> Option<String> {
    match outcome {
        Ok(changed) => {
            let PointsChanged { points, balance, name } = changed;
            Some(json!({"points": points, "balance": balance, "name": name}).to_string())
        }
        Err(error) => REFUSALS
            .iter()
            .any(|refusal| refusal().code() == error.code())
            .then(|| json!({"refused": error.code().name()}).to_string()),
    }
}

/// The outcome of which this was kept; `None` if it does not read back.
pub(super) fn read(answer: &str) -> Option<Result<PointsChanged, ChangePointsError>> {
    let answer: Value = serde_json::from_str(answer).ok()?;
    if let Some(refused) = answer.get("refused") {
        let refused =
            REFUSALS.iter().map(|refusal| refusal()).find(|refusal| refusal.code().name() == refused);
        return refused.map(Err);
    }
    Some(Ok(PointsChanged {
        points: answer.get("points")?.as_i64()?,
        balance: answer.get("balance")?.as_i64()?,
        name: answer.get("name")?.as_str().map(str::to_owned),
    }))
}

/// What is refused once is refused under the same key ever after.
const REFUSALS: [fn() -> ChangePointsError; 4] = [
    || ChangePointsError::Forbidden,
    || ChangePointsError::NotFound,
    || ChangePointsError::Insufficient,
    || ChangePointsError::OutOfRange,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_but_a_failure_reads_back() {
        let name = Some("Ada \"A\" 🦀".to_owned());
        let changed = PointsChanged { points: i64::MAX, balance: i64::MAX, name };
        let kept = write(&Ok(changed.clone())).unwrap();
        assert_eq!(read(&kept).unwrap().unwrap(), changed);
        for refusal in REFUSALS {
            let kept = write(&Err(refusal())).unwrap();
            assert_eq!(read(&kept).unwrap().unwrap_err().code(), refusal().code());
        }
        assert!(write(&Err(ChangePointsError::KeyUnderWay)).is_none());
        assert!(read("{}").is_none() && read("").is_none());
    }
}
