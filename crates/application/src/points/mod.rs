//! What can be done with points.

mod change;
mod history;
mod outcome;
mod reconcile;

pub use change::{ChangePoints, ChangePointsError, ChangePointsInput, PointsChanged};
pub use history::{ShowPointsHistory, ShowPointsHistoryError};
pub use reconcile::{ReconcilePoints, ReconcilePointsError, Reconciled};
