//! The rule of withdrawal and what it leads to.

use super::*;
use crate::demand::ledger::{RealisationKind, Reversal};
use crate::demand::{StateName, supply};
use crate::support::stages::Stage;
use crate::support::{broken, codes, day, organisation, text};

#[test]
fn a_demand_is_withdrawn_as_long_as_nothing_is_drawn() {
    let reason = text("Zmiana leczenia.");
    let untouched = Stage::with_wholesaler(false);
    assert!(broken(RULES, "SD-22", &untouched.demand, &reason).is_empty());
    for kind in [RealisationKind::Imported, RealisationKind::Dispensed] {
        let drawn = untouched.clone().realised(kind, 1, false).demand;
        assert_eq!(broken(RULES, "SD-22", &drawn, &reason), [""]);
        assert_eq!(codes(withdraw(drawn, reason.clone(), day(0))), ["demand.already_drawn"]);
    }
}

#[test]
fn once_every_entry_is_reversed_it_can_be_withdrawn_again() {
    let stage = Stage::with_wholesaler(false).realised(RealisationKind::Imported, 1, false);
    let reversal =
        Reversal { reason: text("Pomyłka."), reversed_by: organisation(10), reversed_at: stage.now };
    let entry = stage.entries.first().cloned().unwrap_or_else(|| panic!("no entry"));
    let reversed = supply::reverse(stage.demand, entry, reversal, stage.now).map(|it| it.document.0);
    let demand = reversed.unwrap_or_else(|found| panic!("{found:?}"));
    assert!(broken(RULES, "SD-22", &demand, &text("Zmiana leczenia.")).is_empty());
}

#[test]
fn what_was_examined_can_still_be_read_off_a_withdrawn_demand() {
    let stage = Stage::with_wholesaler(true);
    let before = stage.demand.state.clone();
    let after = stage.withdrawn().demand.state;
    assert_eq!(after.name(), StateName::Withdrawn);
    assert_eq!(after.examined(), before.examined());
    assert_eq!(after.resolution(), before.resolution());
    assert_eq!(after.handover(), before.handover());
}
