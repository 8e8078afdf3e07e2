use std::collections::HashSet;
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;
use vestibule_domain::installation::InstallationId;
use vestibule_domain::maintenance::Chore;
use vestibule_domain::media::ObjectKey;
use vestibule_domain::messages::InstanceId;
use vestibule_domain::ports::{Clock, IdGenerator, ObjectStore};
use vestibule_domain::store::{Store, StoreError};

use super::sweep_rules::{Found, GRACE, REPORTING, SweepEnd, SweepPolicy, Swept};
use crate::Deps;
use crate::error::use_case_error;
use crate::maintenance::{ChoreLeases, Tenure};
use crate::retry::retrying;

/// How many keys one query to the store asks about.
const BATCH: usize = 500;
/// After this many failures in a row, the sweep asks the object store whether it can be reached at all.
const FAILURES_IN_A_ROW: u32 = 20;
/// How many objects that could not be removed are named in the log. All of them are counted.
const NAMED: u64 = 10;
/// A time that is later than every object's, whatever the clock of the object store.
const AHEAD: Duration = Duration::from_hours(24 * 365);

/// Removes objects that no row refers to: the remains of requests that were cut off.
///
/// An object without a row is an orphan only if this database is the one that the pictures belong to. So a place of
/// pictures carries the mark of an installation, and a sweep counts before it removes. [`SweepEnd`] lists the
/// findings at which it stops.
///
/// One server sweeps at a time. A key is never used again, so an orphan stays an orphan, and no harm is done should two
/// meet.
pub struct SweepOrphans {
    store: Arc<dyn Store>,
    objects: Arc<dyn ObjectStore>,
    ids: Arc<dyn IdGenerator>,
    clock: Arc<dyn Clock>,
    started: OffsetDateTime,
    leases: ChoreLeases,
}

use_case_error! {
    /// Why the sweep failed. What it removed before stays removed.
    pub enum SweepOrphansError {}
}

/// To whom a place of pictures belongs.
enum Place {
    /// The place carries our mark, from an earlier sweep.
    Ours,
    /// This sweep has put our mark, or would have put it if it were allowed to do more than report.
    New,
    /// The place carries another mark, or no mark and too few of our pictures.
    NotOurs(SweepEnd, Found),
}

impl SweepOrphans {
    /// Builds the use case. The process starts now.
    pub(crate) fn new(deps: &Deps, instance: InstanceId) -> Self {
        Self {
            store: deps.store.clone(),
            objects: deps.objects.clone(),
            ids: deps.ids.clone(),
            clock: deps.clock.clone(),
            started: deps.clock.now(),
            leases: ChoreLeases::new(deps, instance),
        }
    }

    /// Counts first, and then removes if nothing speaks against it, a batch at a time. It stops when `may_go_on` says
    /// no, and does nothing while another server sweeps.
    pub async fn execute_while(
        &self,
        policy: SweepPolicy,
        may_go_on: impl Fn() -> bool + Send + Sync,
    ) -> Result<Swept, SweepOrphansError> {
        let unswept = |end| Swept { end, found: Found::default(), removed: 0, failed: 0, cut_off: 0 };
        if !may_go_on() {
            return Ok(unswept(SweepEnd::Interrupted));
        }
        let Some(tenure) = self.leases.take(Chore::Sweep, &may_go_on).await? else {
            return Ok(unswept(SweepEnd::Elsewhere));
        };
        let swept = self.sweep(policy, &tenure).await;
        tenure.end().await;
        swept
    }

    async fn sweep(&self, policy: SweepPolicy, tenure: &Tenure<'_>) -> Result<Swept, SweepOrphansError> {
        let now = self.clock.now();
        let own = self.installation().await?;
        let place = self.place(own, policy, tenure).await?;
        if let Place::NotOurs(end, found) = place {
            return Ok(Swept { end, found, removed: 0, failed: 0, cut_off: 0 });
        }
        let before = now - GRACE;
        let reports = if !policy.removes {
            Some(SweepEnd::ReportedBySetting)
        } else if now - self.started < REPORTING {
            Some(SweepEnd::ReportedAfterStart)
        } else if matches!(place, Place::New) {
            Some(SweepEnd::Marked)
        } else {
            None
        };
        // No row refers to remains of uploads, so only a foreign mark speaks against removing them.
        let cut_off = if reports.is_none() { self.remove_cut_off(before, tenure).await } else { 0 };
        let Some(found) = self.count_with_young(before, tenure).await? else {
            let found = Found::default();
            return Ok(Swept { end: SweepEnd::Interrupted, found, removed: 0, failed: 0, cut_off });
        };
        let swept = Swept { end: SweepEnd::Removed, found, removed: 0, failed: 0, cut_off };
        match found.objection(policy).or(reports) {
            Some(end) => Ok(Swept { end, ..swept }),
            None if found.orphans == 0 => Ok(swept),
            None => self.remove(own, before, found.most(policy), swept, tenure).await,
        }
    }

    /// The id of this installation.
    async fn installation(&self) -> Result<InstallationId, StoreError> {
        let candidate = InstallationId(self.ids.random());
        retrying(|| async { self.store.repositories().installation().settle(candidate).await }).await
    }

    /// To whom the pictures belong. Marks the place as ours, if it has no mark and cannot be anybody else's.
    async fn place(
        &self,
        own: InstallationId,
        policy: SweepPolicy,
        tenure: &Tenure<'_>,
    ) -> Result<Place, SweepOrphansError> {
        if let Some(owner) = self.objects.owner().await? {
            return Ok(unless_own(own, owner).unwrap_or(Place::Ours));
        }
        // Pictures of every age count, because another installation may have put its first pictures a moment ago.
        let Some(found) = self.count(self.clock.now() + AHEAD, tenure).await? else {
            return Ok(Place::NotOurs(SweepEnd::Interrupted, Found::default()));
        };
        if !found.looks_like_ours(policy) {
            return Ok(Place::NotOurs(SweepEnd::Unmarked, found));
        }
        if !policy.removes {
            // A sweep that only reports puts no mark.
            return Ok(Place::New);
        }
        let owner = self.objects.claim(own).await?;
        Ok(unless_own(own, owner).unwrap_or(Place::New))
    }

    /// Counts the objects from before a moment. If no row refers to any of them, younger objects with a row are
    /// counted too, because they show that this is the database of these pictures.
    async fn count_with_young(
        &self,
        before: OffsetDateTime,
        tenure: &Tenure<'_>,
    ) -> Result<Option<Found>, SweepOrphansError> {
        let Some(found) = self.count(before, tenure).await? else { return Ok(None) };
        if found.orphans == 0 || found.orphans < found.pictures {
            return Ok(Some(found));
        }
        let Some(all) = self.count(self.clock.now() + AHEAD, tenure).await? else { return Ok(None) };
        let young = all.pictures.saturating_sub(all.orphans);
        Ok(Some(Found { pictures: found.pictures + young, ..found }))
    }

    /// Counts objects. `None` if it was told to stop before the end.
    async fn count(
        &self,
        before: OffsetDateTime,
        tenure: &Tenure<'_>,
    ) -> Result<Option<Found>, SweepOrphansError> {
        let mut found = Found::default();
        let mut walk = self.objects.put_before(before);
        while tenure.goes_on().await {
            let keys = walk.next(BATCH).await?;
            if keys.is_empty() {
                return Ok(Some(found));
            }
            let used = self.in_use(&keys).await?;
            found.pictures += keys.len() as u64;
            found.orphans += keys.iter().filter(|key| !used.contains(key)).count() as u64;
        }
        Ok(None)
    }

    /// Removes up to `most` orphans. The limit guards against a database that is exchanged meanwhile.
    async fn remove(
        &self,
        own: InstallationId,
        before: OffsetDateTime,
        most: u64,
        mut swept: Swept,
        tenure: &Tenure<'_>,
    ) -> Result<Swept, SweepOrphansError> {
        // The mark may have changed since it was put, if the service cannot put an object only if it is absent.
        match self.objects.owner().await? {
            Some(owner) if owner == own => {}
            Some(owner) => {
                swept.end = SweepEnd::AnotherInstallation { owner, own };
                return Ok(swept);
            }
            None => {
                swept.end = SweepEnd::Unmarked;
                return Ok(swept);
            }
        }
        let mut walk = self.objects.put_before(before);
        let mut in_a_row = 0;
        loop {
            if !tenure.goes_on().await {
                swept.end = SweepEnd::Interrupted;
                return Ok(swept);
            }
            let keys = walk.next(BATCH).await?;
            if keys.is_empty() {
                return Ok(swept);
            }
            let used = self.in_use(&keys).await?;
            for key in keys.iter().filter(|key| !used.contains(key)) {
                if swept.removed + swept.failed >= most || !tenure.may_go_on() {
                    break;
                }
                match self.objects.delete(key).await {
                    Ok(()) => (swept.removed, in_a_row) = (swept.removed + 1, 0),
                    Err(error) => {
                        (swept.failed, in_a_row) = (swept.failed + 1, in_a_row + 1);
                        if swept.failed <= NAMED {
                            let error = &error as &dyn Error;
                            tracing::warn!(%key, error, "an orphaned picture cannot be removed; the sweep goes on");
                        }
                    }
                }
                if in_a_row == FAILURES_IN_A_ROW {
                    self.objects.ping().await?;
                    in_a_row = 0;
                }
            }
            if swept.removed + swept.failed >= most {
                return Ok(swept);
            }
        }
    }

    async fn in_use(&self, keys: &[ObjectKey]) -> Result<HashSet<ObjectKey>, StoreError> {
        self.store.repositories().pictures().in_use(keys).await
    }

    /// Removes the remains of uploads. A failure here does not keep pictures from being swept.
    async fn remove_cut_off(&self, before: OffsetDateTime, tenure: &Tenure<'_>) -> u64 {
        let mut removed = 0;
        let mut uploads = self.objects.cut_off_before(before);
        while tenure.goes_on().await {
            match uploads.remove_next(BATCH).await {
                Ok(Some(more)) => removed += more,
                Ok(None) => break,
                Err(error) => {
                    let error = &error as &dyn Error;
                    tracing::warn!(error, "what uploads have left was not looked through");
                    break;
                }
            }
        }
        removed
    }
}

fn unless_own(own: InstallationId, owner: InstallationId) -> Option<Place> {
    (owner != own).then(|| Place::NotOurs(SweepEnd::AnotherInstallation { owner, own }, Found::default()))
}
