//! Where states of sessions and rate limits are kept.

use std::sync::Arc;

use anyhow::Context as _;
use vestibule_application::sessions::SHARED_STATES_OVER;
use vestibule_domain::ports::{AnswerStore, Cache, Clock, RateLimiter};
use vestibule_infrastructure::fallback::FallbackRateLimiter;
use vestibule_infrastructure::memory::{MemoryAnswers, MemoryCache, MemoryRateLimiter, UnlimitedRate};
use vestibule_infrastructure::metered::{MeteredAnswers, MeteredCache, MeteredLimiter};
use vestibule_infrastructure::redis::{RedisCache, RedisConnection, RedisOptions, RedisRateLimiter};
use vestibule_settings::{Cache as Location, CacheSettings, RedactedUrl, Settings};

use super::Purpose;

/// The cache and the rate limiter that the settings ask for. A Redis that is away is no reason not to
/// start: the server does what it does when Redis goes away later.
pub(super) async fn connect(
    settings: &Settings,
    purpose: Purpose,
    clock: &Arc<dyn Clock>,
) -> anyhow::Result<(Arc<dyn Cache>, Arc<dyn RateLimiter>)> {
    let (cache, limiter): (Arc<dyn Cache>, Arc<dyn RateLimiter>) = match &settings.cache.location {
        Location::Memory => {
            (Arc::new(MemoryCache::new(clock.clone())), Arc::new(MemoryRateLimiter::new(clock.clone())))
        }
        Location::Redis(nodes) => in_redis(&settings.cache, nodes, clock)?,
    };
    if purpose == Purpose::Serve && cache.ping().await.is_ok() && cache.is_remote() {
        tracing::info!("sessions and limits are in {}", settings.cache.location);
    }
    let limiter: Arc<dyn RateLimiter> = if settings.rate_limit.enabled {
        limiter
    } else {
        tracing::warn!("rate limits are off");
        Arc::new(UnlimitedRate)
    };
    Ok((Arc::new(MeteredCache::new(cache)), Arc::new(MeteredLimiter::new(limiter))))
}

/// Where finished answers are kept, if they are.
pub(super) fn answers(settings: &CacheSettings) -> Option<Arc<dyn AnswerStore>> {
    (settings.answers > 0).then(|| -> Arc<dyn AnswerStore> {
        Arc::new(MeteredAnswers::new(Arc::new(MemoryAnswers::new(settings.answers))))
    })
}

/// Both on one connection.
fn in_redis(
    settings: &CacheSettings,
    nodes: &[RedactedUrl],
    clock: &Arc<dyn Clock>,
) -> anyhow::Result<(Arc<dyn Cache>, Arc<dyn RateLimiter>)> {
    let mut options = RedisOptions::new(nodes.iter().map(|node| node.reveal().to_owned()).collect());
    if let Some(file) = &settings.ca_file {
        let certificates = std::fs::read(file)
            .with_context(|| format!("cache.ca_file {} cannot be read", file.display()))?;
        options.authorities = Some(certificates);
    }
    let redis = RedisConnection::new(options)
        .with_context(|| format!("the cache {} cannot be used", settings.location))?;
    let redis = Arc::new(redis);
    let limiter = Arc::new(RedisRateLimiter::new(redis.clone(), &settings.prefix));
    Ok((
        Arc::new(RedisCache::new(redis, &settings.prefix, SHARED_STATES_OVER)),
        Arc::new(FallbackRateLimiter::new(limiter, clock.clone())),
    ))
}
