//! What a dry run tells besides the problems: nothing of it stands in the way.

use super::reports::FindingView;
use super::view::FormerlyView;
use crate::language::Language;
use crate::medicinal_product::matches::ProductMatchView;
use app::medicinal_product::ProductMatches;
use domain::demand::model::DemandKind;
use domain::medicinal_product::{Match, rules};
use domain::paper::formerly::{self, Formerly};
use domain::rule;

/// One warning for all equivalent products together, and one of a paper that was entered before and withdrawn.
pub(super) fn of(
    registered: ProductMatches,
    (kind, withdrawn): (DemandKind, Option<Formerly>),
    language: Language,
) -> Vec<FindingView> {
    let equivalent: Vec<Match> = registered.matches.into_iter().filter(Match::is_equivalent).collect();
    let broken = rule::broken(rules::RULES, |check| check(&equivalent));
    let mut warnings: Vec<FindingView> =
        broken.iter().map(|it| FindingView::of(DemandKind::Medicine, it, language)).collect();
    if let Some(warning) = warnings.first_mut() {
        warning.products = equivalent.into_iter().map(ProductMatchView::of).collect();
    }
    for it in formerly::warnings(withdrawn.as_ref()) {
        let mut warning = FindingView::of(kind, &it, language);
        warning.formerly = withdrawn.map(FormerlyView::of);
        warnings.push(warning);
    }
    warnings
}
