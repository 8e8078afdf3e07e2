//! How much is under way.

use metrics::Gauge;

/// Something that is under way until this is dropped, also when whoever waits for it gives up.
pub(crate) struct UnderWay(Gauge);

impl UnderWay {
    pub(crate) fn begin(gauge: &Gauge) -> Self {
        gauge.increment(1);
        Self(gauge.clone())
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.decrement(1);
    }
}
