//! How much memory a piece of work needs: the kernel remembers the worst moment of a process, and forgets it when told to.

use std::fs;

/// The bytes that were resident at the worst moment of `work`, above those before it. Meaningful for work that needs
/// megabytes, done for the first time: what was handed back once may stay resident.
pub fn most<T>(work: impl FnOnce() -> T) -> (T, usize) {
    fs::write("/proc/self/clear_refs", "5").expect("the worst moment is forgotten");
    let before = status("VmRSS");
    let done = work();
    (done, status("VmHWM").saturating_sub(before))
}

fn status(field: &str) -> usize {
    let text = fs::read_to_string("/proc/self/status").expect("a process");
    let line = text.lines().find(|line| line.starts_with(field)).expect("a field");
    let kb: usize = line.split_whitespace().nth(1).and_then(|kb| kb.parse().ok()).expect("a number");
    kb * 1024
}
