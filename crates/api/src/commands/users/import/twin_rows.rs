//! Which of the rows with an identifier in common keeps it.

use std::collections::{HashMap, HashSet};

use vestibule_domain::accounts::import::Identifier;

use super::twins::Twin;

/// What becomes of rows that have an identifier of an earlier one, in order of rows. The earlier one named is the one
/// that keeps the identifier.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct TwinRows {
    /// Rows that are left out.
    pub(super) left_out: Vec<Twin>,
    /// Rows that are imported without the identifier.
    pub(super) without: Vec<Twin>,
}

impl TwinRows {
    /// Judges twins, which stand in order of rows. A row that is left out itself keeps nothing from later ones.
    pub(super) fn of(twins: &[Twin]) -> Self {
        let mut rows = Self::default();
        let (mut left_out, mut without) = (HashSet::new(), HashSet::new());
        // Who had the identifier of a row before it.
        let mut before: HashMap<(u64, Identifier), u64> = HashMap::new();
        for of_one in twins.chunk_by(|one, other| one.row == other.row) {
            let mut taken = Vec::new();
            for twin in of_one {
                let place = (twin.earlier, twin.identifier);
                let has_it = !left_out.contains(&twin.earlier) && !without.contains(&place);
                let keeper = if has_it { Some(twin.earlier) } else { before.get(&place).copied() };
                if let Some(earlier) = keeper {
                    before.insert((twin.row, twin.identifier), earlier);
                    taken.push(Twin { earlier, ..*twin });
                }
            }
            if let Some(twin) = taken.iter().find(|twin| !twin.is_spare) {
                left_out.insert(twin.row);
                rows.left_out.push(*twin);
            } else {
                without.extend(taken.iter().map(|twin| (twin.row, twin.identifier)));
                rows.without.extend(taken);
            }
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn twin(row: u64, earlier: u64, identifier: Identifier, is_spare: bool) -> Twin {
        Twin { row, earlier, identifier, is_spare }
    }

    #[test]
    fn a_row_goes_without_what_it_can_spare_and_is_left_out_for_anything_else() {
        let twins = [
            twin(2, 1, Identifier::Email, true),
            twin(3, 1, Identifier::Username, false),
            twin(4, 2, Identifier::Email, true),
        ];
        let [two, three, four] = twins;
        let four = Twin { earlier: 1, ..four };
        assert_eq!(TwinRows::of(&twins), TwinRows { left_out: vec![three], without: vec![two, four] });
    }

    #[test]
    fn a_row_that_is_left_out_keeps_nothing_from_later_ones() {
        let twins = [twin(2, 1, Identifier::Username, false), twin(3, 2, Identifier::Email, false)];
        assert_eq!(TwinRows::of(&twins).left_out, [twins[0]]);
    }
}
