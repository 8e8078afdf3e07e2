//! The macro that runs each case on each adapter.

/// Lists the cases of a port and the adapters that they run on.
///
/// `contract!(cache on [memory, redis]: [first_case, second_case])` makes the tests
/// `memory::first_case`, `memory::second_case`, `redis::first_case` and `redis::second_case`. Each
/// calls the function of its name in the file with what `backends::cache::<adapter>()` gives, made
/// anew. A case that is not listed is dead code, and the compiler says so.
#[macro_export]
macro_rules! contract {
    (@adapter $port:ident $adapter:ident [$($case:ident),+ $(,)?]) => {
        mod $adapter {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                // Held until the case is over: the adapter may stand on a folder that goes with it.
                let backend = $crate::backends::$port::$adapter().await;
                super::$case(backend.port.clone()).await;
            })+
        }
    };
    ($port:ident on [$($adapter:ident),+ $(,)?]: $cases:tt) => {
        $($crate::contract!(@adapter $port $adapter $cases);)+
    };
}
