//! Log and measurements. Log fields are dotted and carry ids and counts, never personal data.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram};
use prometheus_client::registry::Registry;
use std::time::Duration;

/// Sends the log to standard error: plain text on a terminal, JSON when `SANDINH_LOG_JSON` is set. `RUST_LOG` chooses
/// what is kept.
pub fn init() {
    use tracing_subscriber::{EnvFilter, fmt};
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    let builder = fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::env::var_os("SANDINH_LOG_JSON").is_some() {
        builder.json().try_init().ok();
    } else {
        builder.with_target(false).try_init().ok();
    }
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct RequestLabels {
    route: String,
    method: String,
    status: u32,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct RouteLabels {
    route: String,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct JobLabels {
    kind: String,
    outcome: &'static str,
}

/// The numbers behind `/metrics`.
pub struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    seconds: Family<RouteLabels, Histogram>,
    jobs: Family<JobLabels, Counter>,
    writers_waiting: Gauge,
}

fn request_histogram() -> Histogram {
    Histogram::new([0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0])
}

impl Default for Metrics {
    fn default() -> Metrics {
        Metrics::new()
    }
}

impl Metrics {
    pub fn new() -> Metrics {
        let mut registry = Registry::with_prefix("sandinh");
        let requests = Family::default();
        registry.register("http_requests", "Requests answered", requests.clone());
        let seconds = Family::new_with_constructor(request_histogram as fn() -> Histogram);
        registry.register("http_request_seconds", "Time to answer", seconds.clone());
        let jobs = Family::default();
        registry.register("jobs", "Background jobs that ended", jobs.clone());
        let writers_waiting = Gauge::default();
        registry.register("db_writers_waiting", "Write transactions in the queue", writers_waiting.clone());
        Metrics { registry, requests, seconds, jobs, writers_waiting }
    }

    pub(crate) fn request(&self, route: &str, method: &str, status: u16, took: Duration) {
        let labels = RequestLabels { route: route.into(), method: method.into(), status: status.into() };
        self.requests.get_or_create(&labels).inc();
        self.seconds.get_or_create(&RouteLabels { route: route.into() }).observe(took.as_secs_f64());
    }

    pub(crate) fn job(&self, kind: &str, well: bool) {
        let outcome = if well { "done" } else { "failed" };
        self.jobs.get_or_create(&JobLabels { kind: kind.into(), outcome }).inc();
    }

    /// The text that Prometheus reads.
    pub fn text(&self, writers_waiting: usize) -> String {
        self.writers_waiting.set(i64::try_from(writers_waiting).unwrap_or(i64::MAX));
        let mut out = String::new();
        encode(&mut out, &self.registry).ok();
        out
    }
}
