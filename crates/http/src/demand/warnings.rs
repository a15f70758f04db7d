//! What a dry run tells besides the problems: nothing of it stands in the way.

use super::reports::FindingView;
use crate::language::Language;
use crate::medicinal_product::matches::ProductMatchView;
use app::medicinal_product::ProductMatches;
use domain::demand::model::DemandKind;
use domain::medicinal_product::{Match, rules};
use domain::rule;

/// One warning for all equivalent products together.
pub(super) fn of(registered: ProductMatches, language: Language) -> Vec<FindingView> {
    let equivalent: Vec<Match> = registered.matches.into_iter().filter(Match::is_equivalent).collect();
    let broken = rule::broken(rules::RULES, |check| check(&equivalent));
    let mut warnings: Vec<FindingView> =
        broken.iter().map(|it| FindingView::of(DemandKind::Medicine, it, language)).collect();
    if let Some(warning) = warnings.first_mut() {
        warning.products = equivalent.into_iter().map(ProductMatchView::of).collect();
    }
    warnings
}
