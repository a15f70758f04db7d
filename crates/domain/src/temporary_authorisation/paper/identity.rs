//! What makes two entries the same paper.

use crate::redacted::Redacted;
use crate::temporary_authorisation::Content;
use crate::values::{AuthorisationNumber, BatchNumber, Nip, Text};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// One text for one paper, for a blind index: wholesaler, product, batches, the consent to which it adds, and date of
/// issue. Whoever types it a second time from another scan is found by it.
pub fn index_text(
    content: &Content,
    adds_to: Option<&AuthorisationNumber>,
    issued_on: NaiveDate,
) -> Redacted<String> {
    let product = &content.product;
    let product = [product.trade_name.as_ref().map(Text::as_str), product.form.as_ref().map(Text::as_str)]
        .into_iter()
        .chain([product.strength.as_ref().map(Text::as_str)])
        .map(|word| word.unwrap_or_default().to_lowercase())
        .collect::<Vec<_>>()
        .join("|");
    let batches: BTreeSet<&BatchNumber> = content.batches.iter().map(|batch| &batch.number).collect();
    let batches = batches.into_iter().map(BatchNumber::as_str).collect::<Vec<_>>().join(",");
    Redacted::new(format!(
        "{}|{}|{}|{product}|{batches}|{issued_on}",
        super::super::KIND,
        content.wholesaler.nip.as_ref().map(Nip::as_str).unwrap_or_default(),
        adds_to.map(AuthorisationNumber::as_str).unwrap_or_default(),
    ))
}
