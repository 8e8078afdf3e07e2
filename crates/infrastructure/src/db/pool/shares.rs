//! How the connections of a process are shared out.

/// With fewer, a thread would wait for itself, and mail for a purge.
const LEAST: u32 = 2;

/// Who may have how many connections to a database server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Shares {
    /// How many belong to each thread that answers requests.
    pub(in super::super) each: u32,
    /// How many are for all.
    pub(in super::super) shared: u32,
    /// How many threads that is.
    pub(super) threads: u32,
}

impl Shares {
    /// Of so many connections, for so many threads: a quarter is for all, and what the threads cannot share evenly. Where
    /// there are too few, all are for all.
    pub(in super::super) fn new(connections: u32, threads: u32) -> Self {
        let connections = connections.max(1);
        let for_all = connections.div_ceil(4).max(LEAST);
        let each = connections.saturating_sub(for_all).checked_div(threads).unwrap_or(0);
        if each < LEAST {
            return Self { each: 0, shared: connections, threads };
        }
        Self { each, shared: connections - each * threads, threads }
    }

    /// How many there are.
    pub(super) fn of_all(self) -> u32 {
        self.shared + self.each * self.threads
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_and_what_is_left_over_is_for_all() {
        assert_eq!(Shares::new(16, 2), Shares { each: 6, shared: 4, threads: 2 });
        assert_eq!(Shares::new(17, 4), Shares { each: 3, shared: 5, threads: 4 });
        assert_eq!(Shares::new(8, 3), Shares { each: 2, shared: 2, threads: 3 });
    }

    #[test]
    fn where_there_are_too_few_all_are_for_all() {
        for (connections, threads) in [(16, 0), (16, 7), (4, 2), (1, 1), (0, 1)] {
            assert_eq!(
                Shares::new(connections, threads),
                Shares { each: 0, shared: connections.max(1), threads }
            );
        }
    }

    #[test]
    fn there_are_never_more_than_is_allowed() {
        for connections in 1..200 {
            for threads in 0..40 {
                let shares = Shares::new(connections, threads);
                assert_eq!(shares.of_all(), connections);
                assert!(shares.shared >= 2.min(connections));
            }
        }
    }
}
