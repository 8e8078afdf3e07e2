//! `vestibule points reconcile`.

use std::fmt;

use anyhow::bail;
use vestibule_application::Services;
use vestibule_application::accounts::Administrator;
use vestibule_application::points::ReconcilePointsError;
use vestibule_domain::points::LedgerSum;

use crate::commands::output::print;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LedgerReport {
    /// How many accounts were looked at.
    pub accounts: u64,
    /// How many have a balance that their entries do not explain.
    pub wrong: u64,
}

/// An account whose balance is not explained.
struct Wrong<'a>(&'a LedgerSum);

impl fmt::Display for Wrong<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let LedgerSum { account, uuid, balance, entries } = self.0;
        write!(f, "account {account} ({}): balance {balance}, sum of entries {entries}", uuid.0)
    }
}

pub(super) async fn run(services: &Services) -> anyhow::Result<()> {
    let report = reconcile(services, |line| print(line)).await??;
    let LedgerReport { accounts, wrong } = report;
    if wrong > 0 {
        bail!("the balances of {wrong} of {accounts} accounts are not the sums of their entries");
    }
    print(format_args!("The balances of {accounts} accounts are the sums of their entries."))
}

/// Looks at every account, and tells of each that is wrong. What `tell` cannot tell ends it.
pub async fn reconcile<E>(
    services: &Services,
    mut tell: impl FnMut(&str) -> Result<(), E>,
) -> Result<Result<LedgerReport, E>, ReconcilePointsError> {
    let (mut report, mut after) = (LedgerReport::default(), None);
    loop {
        let found = services.reconcile_points.execute(Administrator::operator(), after).await?;
        report.accounts += found.accounts;
        report.wrong += found.wrong.len() as u64;
        for wrong in &found.wrong {
            if let Err(error) = tell(&Wrong(wrong).to_string()) {
                return Ok(Err(error));
            }
        }
        after = found.next;
        if after.is_none() {
            return Ok(Ok(report));
        }
    }
}
