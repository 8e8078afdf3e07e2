//! The macro that runs each case on each adapter.

/// Lists the cases of a port, and the adapters on which they run.
///
/// `contract!(cache on [memory, redis]: [first_case, second_case])` makes the tests `memory::first_case`,
/// `memory::second_case`, `redis::first_case` and `redis::second_case`. Each test calls the function of its name with
/// a new `backends::cache::<adapter>()`. A case that is not listed is dead code, which the compiler reports.
///
/// Adapters of a service that is not running are ignored, by their names: see `tests/build.rs`.
#[macro_export]
macro_rules! contract {
    (@adapter $port:ident postgres $cases:tt) => {
        $crate::contract!(@cases $port postgres
            [cfg_attr(not(service_postgres), ignore = "no PostgreSQL: ./scripts/services start")] $cases);
    };
    (@adapter $port:ident mariadb $cases:tt) => {
        $crate::contract!(@cases $port mariadb
            [cfg_attr(not(service_mariadb), ignore = "no MariaDB: ./scripts/services start")] $cases);
    };
    (@adapter $port:ident redis $cases:tt) => {
        $crate::contract!(@cases $port redis
            [cfg_attr(not(service_redis), ignore = "no Redis: ./scripts/services start")] $cases);
    };
    (@adapter $port:ident redis_cluster $cases:tt) => {
        $crate::contract!(@cases $port redis_cluster
            [cfg_attr(not(service_redis_cluster), ignore = "no Redis cluster: ./scripts/services start")] $cases);
    };
    (@adapter $port:ident s3 $cases:tt) => {
        $crate::contract!(@cases $port s3
            [cfg_attr(not(service_s3), ignore = "no S3: ./scripts/services start")] $cases);
    };
    (@adapter $port:ident smtp $cases:tt) => {
        $crate::contract!(@cases $port smtp
            [cfg_attr(not(service_smtp), ignore = "no SMTP: ./scripts/services start")] $cases);
    };
    (@adapter $port:ident $adapter:ident $cases:tt) => {
        $crate::contract!(@cases $port $adapter [] $cases);
    };
    (@cases $port:ident $adapter:ident $ignored:tt [$($case:ident),+ $(,)?]) => {
        mod $adapter {
            $($crate::contract!(@case $port $adapter $ignored $case);)+
        }
    };
    (@case $port:ident $adapter:ident [$($ignored:meta)?] $case:ident) => {
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        $(#[$ignored])?
        async fn $case() {
            // This is held until the case is over, because the adapter may use a folder that is removed with it.
            let backend = $crate::backends::$port::$adapter().await;
            $crate::in_time(super::$case(backend.port.clone())).await;
        }
    };
    ($port:ident on [$($adapter:ident),+ $(,)?]: $cases:tt) => {
        $($crate::contract!(@adapter $port $adapter $cases);)+
    };
}

/// Lists cases that are functions of a [`TestAppBuilder`](crate::TestAppBuilder), to run on every kind of
/// store: `on_every_store!(first_case, second_case)` makes `memory::first_case`, `sqlite::first_case`,
/// `postgres::first_case` and `mariadb::first_case`, of which the last two are ignored where there is no
/// such server.
#[macro_export]
macro_rules! on_every_store {
    ($($case:ident),+ $(,)?) => {
        mod memory {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                $crate::in_time(super::$case($crate::TestApp::on_memory())).await;
            })+
        }
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                $crate::in_time(super::$case($crate::TestApp::on_sqlite())).await;
            })+
        }
        $crate::on_servers!($($case),+);
    };
}

/// Lists cases like [`on_every_store!`](crate::on_every_store), to run on database servers only.
#[macro_export]
macro_rules! on_servers {
    ($($case:ident),+ $(,)?) => {
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            #[cfg_attr(not(service_postgres), ignore = "no PostgreSQL: ./scripts/services start")]
            async fn $case() {
                $crate::in_time(super::$case($crate::TestApp::on_postgres().await)).await;
            })+
        }
        mod mariadb {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            #[cfg_attr(not(service_mariadb), ignore = "no MariaDB: ./scripts/services start")]
            async fn $case() {
                $crate::in_time(super::$case($crate::TestApp::on_mariadb().await)).await;
            })+
        }
    };
}
