//! `sched_setattr(2)`.

use std::mem::size_of;
use std::time::Duration;

use libc::{
    SCHED_BATCH, SCHED_OTHER, SYS_sched_getattr, SYS_sched_setattr, c_int, c_long, c_uint, sched_attr,
    syscall,
};

/// The calling thread.
const THIS: c_int = 0;
const NO_FLAGS: c_uint = 0;

pub(super) fn shorten(slice: Duration) -> bool {
    let (Some(now), Ok(slice)) = (attributes(), u64::try_from(slice.as_nanos())) else { return false };
    // To others the runtime means something else.
    let is_ordinary =
        [SCHED_OTHER, SCHED_BATCH].into_iter().any(|policy| u32::try_from(policy) == Ok(now.sched_policy));
    is_ordinary
        && set(&sched_attr { sched_runtime: slice, ..now })
        && attributes().is_some_and(|then| then.sched_runtime == slice)
}

/// How the calling thread is scheduled.
fn attributes() -> Option<sched_attr> {
    let size = c_uint::try_from(size_of::<sched_attr>()).ok()?;
    let mut attributes = sched_attr {
        size,
        sched_policy: 0,
        sched_flags: 0,
        sched_nice: 0,
        sched_priority: 0,
        sched_runtime: 0,
        sched_deadline: 0,
        sched_period: 0,
    };
    #[expect(unsafe_code, reason = "no library offers the call")]
    // SAFETY: the system writes `size` bytes at the most, and so many are there.
    let failed = unsafe { syscall(SYS_sched_getattr, THIS, &raw mut attributes, size, NO_FLAGS) };
    (failed == 0).then_some(attributes)
}

fn set(attributes: &sched_attr) -> bool {
    #[expect(unsafe_code, reason = "no library offers the call")]
    // SAFETY: the system reads as many bytes as the attributes say that they have.
    let failed: c_long = unsafe { syscall(SYS_sched_setattr, THIS, &raw const *attributes, NO_FLAGS) };
    failed == 0
}

#[cfg(test)]
mod tests {
    use std::thread;

    use rustix::process::{getpriority_process, setpriority_process};
    use rustix::system::uname;
    use rustix::thread::gettid;

    use super::*;

    /// Whether this is Linux 6.12 or newer.
    fn has_slices() -> bool {
        let release = uname().release().to_string_lossy().into_owned();
        let mut numbers =
            release.split(|other: char| !other.is_ascii_digit()).map(|number| number.parse().unwrap_or(0));
        (numbers.next(), numbers.next()) >= (Some(6), Some(12))
    }

    #[test]
    fn a_thread_has_the_slices_that_it_asked_for_and_no_other_has() {
        let before = attributes().unwrap().sched_runtime;
        let there = thread::spawn(|| {
            let tells = shorten(Duration::from_micros(300));
            (tells, attributes().unwrap().sched_runtime == 300_000)
        });
        assert_eq!(there.join().unwrap(), (has_slices(), has_slices()));
        assert_eq!(attributes().unwrap().sched_runtime, before);
    }

    #[test]
    fn its_priority_stays() {
        let there = thread::spawn(|| {
            let thread = Some(gettid());
            setpriority_process(thread, 7).unwrap();
            let _has_them = shorten(Duration::from_micros(300));
            getpriority_process(thread).unwrap()
        });
        assert_eq!(there.join().unwrap(), 7);
    }

    #[test]
    fn slices_that_linux_does_not_have_are_refused() {
        // It takes the nearest that it has.
        for slice in [Duration::from_nanos(1), Duration::from_secs(3)] {
            assert!(!thread::spawn(move || shorten(slice)).join().unwrap(), "{slice:?}");
        }
    }
}
