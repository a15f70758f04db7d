//! What the figures were measured on, and how busy it was.

use crate::Outcome;
use serde_json::{Value, json};
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

/// Commits to time; the middle one is told.
const SYNCS: usize = 101;
/// One page of a database.
const PAGE: [u8; 4096] = [0x5a; 4096];
/// `/proc` counts in hundredths of a second on every Linux.
const TICKS_PER_SECOND: f64 = 100.0;

#[derive(Clone, Debug)]
pub(crate) struct Machine {
    pub(crate) cores: usize,
    pub(crate) memory_gib: Option<u64>,
    pub(crate) system: String,
    /// Writing one page and waiting until the disk has it.
    pub(crate) sync: Duration,
    /// Processes that wanted a core in the minute before, on average.
    pub(crate) load: Option<f64>,
}

impl Machine {
    /// The disk is the one that holds this directory.
    pub(crate) fn look(directory: &Path) -> Outcome<Self> {
        Ok(Self {
            cores: std::thread::available_parallelism()?.get(),
            memory_gib: memory_gib(),
            system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            sync: sync(directory)?,
            load: load(),
        })
    }

    pub(crate) fn json(&self) -> Value {
        json!({
            "cores": self.cores, "memoryGib": self.memory_gib, "system": self.system,
            "syncMicroseconds": u64::try_from(self.sync.as_micros()).unwrap_or(u64::MAX), "loadBefore": self.load,
        })
    }

    pub(crate) fn sentence(&self) -> String {
        let memory = self.memory_gib.map_or_else(|| "unknown".to_owned(), |gib| format!("{gib} GiB"));
        let load = self.load.map_or_else(|| "unknown".to_owned(), |load| format!("{load:.1}"));
        format!(
            "{} cores, {memory} of memory, {}; load average {load} before the run; one page on disk in {:.2} ms \
             (median of {SYNCS})",
            self.cores,
            self.system,
            self.sync.as_secs_f64() * 1000.0
        )
    }
}

fn memory_gib() -> Option<u64> {
    let told = std::fs::read_to_string("/proc/meminfo").ok()?;
    let kib: u64 = told
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:"))?
        .split_whitespace()
        .next()?
        .parse()
        .ok()?;
    Some((kib + 512 * 1024) / (1024 * 1024))
}

fn load() -> Option<f64> {
    std::fs::read_to_string("/proc/loadavg").ok()?.split_whitespace().next()?.parse().ok()
}

fn sync(directory: &Path) -> Outcome<Duration> {
    let mut file = tempfile::tempfile_in(directory)?;
    let mut taken = Vec::with_capacity(SYNCS);
    for _ in 0..SYNCS {
        let began = Instant::now();
        file.write_all(&PAGE)?;
        file.sync_data()?;
        taken.push(began.elapsed());
    }
    taken.sort_unstable();
    Ok(taken.get(SYNCS / 2).copied().unwrap_or_default())
}

/// Processor time up to now; absent where there is no `/proc`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effort {
    process: f64,
    busy: f64,
    all: f64,
}

/// Processor time between two looks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spent {
    /// Seconds of processor that the process used, on all cores together.
    pub(crate) process: f64,
    /// Part of the whole machine that was busy, 0 to 1.
    pub(crate) machine: f64,
}

impl Effort {
    pub(crate) fn of(process: u32) -> Option<Self> {
        let own = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        let machine = std::fs::read_to_string("/proc/stat").ok()?;
        let (busy, all) = machine_ticks(&machine)?;
        Some(Self { process: process_ticks(&own)?, busy, all })
    }

    pub(crate) fn until(self, later: Self) -> Spent {
        Spent {
            process: (later.process - self.process) / TICKS_PER_SECOND,
            machine: (later.busy - self.busy) / (later.all - self.all).max(1.0),
        }
    }
}

/// `utime` and `stime`, fields 14 and 15; the name before them may hold anything but ends with the last bracket.
fn process_ticks(stat: &str) -> Option<f64> {
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let (user, system): (f64, f64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some(user + system)
}

/// Of all cores: what was neither idle nor waiting, and everything.
fn machine_ticks(stat: &str) -> Option<(f64, f64)> {
    let line = stat.lines().find_map(|line| line.strip_prefix("cpu "))?;
    let fields: Vec<f64> = line.split_whitespace().take(8).map(str::parse).collect::<Result<_, _>>().ok()?;
    let all: f64 = fields.iter().sum();
    let idle: f64 = fields.iter().skip(3).take(2).sum();
    Some((all - idle, all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_a_process_is_read_behind_its_name() {
        let stat = "42 (a (b) c) S 1 42 42 0 -1 4194560 1 0 0 0 7 5 0 0 20 0 3 0 1 1 1";
        assert_eq!(process_ticks(stat), Some(12.0));
    }

    #[test]
    fn idle_and_waiting_are_not_busy() {
        let stat = "cpu  10 1 5 80 4 0 0 0 0 0\ncpu0 10 1 5 80 4 0 0 0 0 0\n";
        assert_eq!(machine_ticks(stat), Some((16.0, 100.0)));
    }
}
