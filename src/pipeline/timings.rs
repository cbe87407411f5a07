//! Time and memory of a build, stage by stage. A stopwatch, not a clock: no output sees it.

#![expect(
    clippy::disallowed_methods,
    reason = "the stopwatch reads the clock and the memory of its own process, and no output sees it"
)]

use serde::Serialize;
use std::time::{Duration, Instant};

/// One stage.
#[derive(Debug, Clone, Serialize)]
pub struct Stage {
    /// The stage's name.
    pub stage: &'static str,
    /// Wall time, milliseconds.
    pub wall_ms: f64,
    /// Processor time of all threads, milliseconds; nothing where the system does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpu_ms: Option<f64>,
}

/// A stopwatch with laps.
#[derive(Debug)]
pub struct Timings {
    start: Instant,
    lap: Instant,
    lap_cpu: Option<Duration>,
    stages: Vec<Stage>,
}

impl Timings {
    /// Starts.
    pub fn start() -> Timings {
        let now = Instant::now();
        Timings {
            start: now,
            lap: now,
            lap_cpu: cpu_time(),
            stages: Vec::new(),
        }
    }

    /// Ends a stage; the next one begins.
    pub fn end(&mut self, stage: &'static str) {
        let (now, cpu) = (Instant::now(), cpu_time());
        self.stages.push(Stage {
            stage,
            wall_ms: milliseconds(now - self.lap),
            cpu_ms: cpu
                .zip(self.lap_cpu)
                .map(|(now, lap)| milliseconds(now.saturating_sub(lap))),
        });
        self.lap = now;
        self.lap_cpu = cpu;
    }

    /// Seconds since the start.
    pub fn seconds(&self) -> f64 {
        self.start.elapsed().as_secs_f64()
    }

    /// The stages that ended, in order.
    pub fn stages(&self) -> &[Stage] {
        &self.stages
    }
}

fn milliseconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 10_000.0).round() / 10.0
}

/// The processor time of the process so far.
#[cfg(unix)]
fn cpu_time() -> Option<Duration> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    let whole = u64::try_from(time.tv_sec).ok()?;
    let part = u32::try_from(time.tv_nsec).ok()?;
    Some(Duration::new(whole, part))
}

/// Windows has no such clock that safe code may ask.
#[cfg(not(unix))]
fn cpu_time() -> Option<Duration> {
    None
}

/// The most memory the process has held, in bytes; `None` where the system does not report it.
pub fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace()
        .nth(1)?
        .parse::<u64>()
        .ok()
        .map(|kilobytes| kilobytes * 1024)
}
