//! The priority of threads that compute.

/// How much nicer (`nice(1)`) a computing thread is than those that answer requests. A thread that has something to
/// answer then gets a core at once, and while both have work all the time the computing one gets about a third.
#[cfg(target_os = "linux")]
const NICER: i32 = 5;

/// Lets the threads that answer requests go before this one. Elsewhere than on Linux, where priorities belong to whole
/// processes, it does nothing.
pub(super) fn yield_to_requests() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{getpriority_process, setpriority_process};
        // To Linux a thread is a process of its own here. A system that refuses changes nothing but latencies.
        let thread = Some(rustix::thread::gettid());
        let _refused = getpriority_process(thread).and_then(|now| setpriority_process(thread, now + NICER));
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use rustix::process::getpriority_process;
    use rustix::thread::gettid;

    use super::*;

    #[test]
    fn a_thread_that_computes_goes_behind_the_others() {
        let priority = || getpriority_process(Some(gettid())).unwrap();
        let here = priority();
        let there = std::thread::spawn(move || {
            yield_to_requests();
            priority()
        });
        assert_eq!(there.join().unwrap(), (here + NICER).min(19));
        assert_eq!(priority(), here);
    }
}
