//! The store.

use std::sync::Arc;

use async_trait::async_trait;
use vestibule_domain::store::{Repositories, Store, StoreError, UnitOfWork};

use super::plan::{Fault, Plan};
use super::repositories::FaultyScope;

/// Another store, with the faults that a test plans. Clones share the plan.
#[derive(Clone)]
pub struct FaultyStore {
    inner: Arc<dyn Store>,
    plan: Arc<Plan>,
}

impl FaultyStore {
    /// A store that works like `inner` until a fault is planned.
    pub fn new(inner: Arc<dyn Store>) -> Self {
        Self { inner, plan: Arc::default() }
    }

    /// Makes the `number`-th repository call from now fail; 1 is the next call. Calls inside units count; `begin` and
    /// `commit` do not. Replaces an earlier plan for a call.
    pub fn fail_call(&self, number: u64, fault: Fault) {
        let mut faults = self.plan.faults();
        faults.call = Some((faults.calls + number, fault));
    }

    /// Makes the `number`-th repository call from now fail, and all after it, until [`heal`](Self::heal).
    pub fn fail_from_call(&self, number: u64, fault: Fault) {
        let mut faults = self.plan.faults();
        faults.from_call = Some((faults.calls + number, fault));
    }

    /// Makes the `number`-th repository call from now, and loses its answer, as a connection that breaks in between does.
    pub fn lose_answer(&self, number: u64, fault: Fault) {
        let mut faults = self.plan.faults();
        faults.lost_answer = Some((faults.calls + number, fault));
    }

    /// Makes the next `begin` fail.
    pub fn fail_begin(&self, fault: Fault) {
        self.plan.faults().begin = Some(fault);
    }

    /// Runs `act` right before the `number`-th repository call from now; 1 is the next call. Calls that `act` makes
    /// to this store count too. Replaces an earlier plan of this kind.
    pub fn before_call(&self, number: u64, act: impl Future<Output = ()> + Send + 'static) {
        let mut faults = self.plan.faults();
        faults.before_call = Some((faults.calls + number, Box::pin(act)));
    }

    /// Runs `act` right before the `number`-th `begin` from now.
    pub fn before_begin(&self, number: u64, act: impl Future<Output = ()> + Send + 'static) {
        let mut faults = self.plan.faults();
        faults.before_begin = Some((faults.begins + number, Box::pin(act)));
    }

    /// Makes the next `commit` fail, with nothing of the unit written.
    pub fn fail_commit(&self, fault: Fault) {
        self.plan.faults().commit = Some(fault);
    }

    /// Runs `act` right after the next `commit`, before whoever committed hears of it.
    pub fn after_commit(&self, act: impl Future<Output = ()> + Send + 'static) {
        self.plan.faults().after_commit = Some(Box::pin(act));
    }

    /// Makes everything fail, `ping` too, until [`heal`](Self::heal).
    pub fn fail_everything(&self, fault: Fault) {
        self.plan.faults().everything = Some(fault);
    }

    /// Makes every `probe_writes` fail, until [`heal`](Self::heal).
    pub fn fail_write_probes(&self, fault: Fault) {
        self.plan.faults().write_probes = Some(fault);
    }

    /// Removes all faults that did not happen yet.
    pub fn heal(&self) {
        let mut faults = self.plan.faults();
        (faults.call, faults.lost_answer, faults.begin, faults.commit) = (None, None, None, None);
        (faults.from_call, faults.everything, faults.write_probes) = (None, None, None);
        (faults.before_call, faults.before_begin, faults.after_commit) = (None, None, None);
    }

    /// How many repository calls were made. A test that makes each call fail in turn compares this with an
    /// undisturbed run to know when it is done.
    pub fn calls(&self) -> u64 {
        self.plan.faults().calls
    }
}

#[async_trait]
impl Store for FaultyStore {
    fn repositories(&self) -> Box<dyn Repositories> {
        Box::new(FaultyScope { inner: self.inner.repositories(), plan: Arc::clone(&self.plan) })
    }

    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        self.plan.begin().await?;
        Ok(Box::new(FaultyScope { inner: self.inner.begin().await?, plan: Arc::clone(&self.plan) }))
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.plan.ping()?;
        self.inner.ping().await
    }

    async fn probe_writes(&self) -> Result<(), StoreError> {
        self.plan.probe_writes()?;
        self.inner.probe_writes().await
    }
}
