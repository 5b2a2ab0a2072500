//! How many workers read a large file, and about where it is cut for them: by the machine and the file.
//!
//! Every worker costs memory of its own and the joining of what it read, which pays for large files only.

/// A file with fewer bytes is read by one.
const LARGE_BYTES: u64 = 300_000_000;
/// More workers would wait for the one that joins what they have read.
const MAX_WORKERS: usize = 8;

/// Bytes in which the beginning of a row is looked for.
pub const WINDOW: u64 = 256 << 10;

/// How many workers read a file of text with so many bytes where so many cores are free for it.
pub fn n_workers(n_bytes: u64, n_cores: usize) -> usize {
    if n_bytes < LARGE_BYTES {
        1
    } else {
        n_cores.clamp(1, MAX_WORKERS)
    }
}

/// Where the stretches of `n_workers` workers begin, and where the last one ends, about: a row that begins behind that
/// is looked for in [`WINDOW`]. The first `n_head` bytes have been read; the first worker goes on with them, and it
/// reads the very end of the file.
pub fn cuts(n_head: u64, n_bytes: u64, n_workers: usize) -> Vec<u64> {
    let n_rest = n_bytes.saturating_sub(n_head);
    if n_workers < 2 || n_rest < 2 * WINDOW * n_workers as u64 {
        return Vec::new();
    }
    let share = n_rest / n_workers as u64;
    let between = (1..n_workers as u64).map(|worker| n_head + worker * share);
    between.chain([n_bytes - WINDOW]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workers_follow_the_machine_and_the_file() {
        assert_eq!(n_workers(LARGE_BYTES - 1, 4), 1);
        assert_eq!(n_workers(LARGE_BYTES, 4), 4);
        assert_eq!(n_workers(LARGE_BYTES, 0), 1);
        assert_eq!(n_workers(LARGE_BYTES, 64), MAX_WORKERS);
    }

    #[test]
    fn every_worker_gets_about_the_same() {
        assert!(cuts(0, 1 << 30, 1).is_empty());
        assert!(cuts(1 << 20, 1 << 20, 2).is_empty());
        let found = cuts(1 << 20, 1 << 30, 4);
        let share = ((1 << 30) - (1 << 20)) / 4;
        let expected: Vec<u64> = (1..4).map(|worker| (1 << 20) + worker * share).collect();
        assert_eq!(found[..3], expected);
        assert_eq!(found[3], (1 << 30) - WINDOW);
        assert_eq!(found.len(), 4);
    }
}
