//! A month as a file for the accounts (RFC 4180): one line for each entry.

use app::device_order::{Settlement, SettlementEntry};
use domain::device_order::settlement::Booked;
use domain::values::Text;

const HEADER: &str = "enteredAt,kind,orderNumber,takeUpId,contract,documentKind,providerId,providerName,place,code,tier,side,\
                      pieces,limit,limitKind,refundPercent,entitlement,issuedIn,price,refund,copay";

pub(super) fn sheet(told: &Settlement) -> String {
    let lines = told.entries.items.iter().map(line);
    let mut sheet = format!("{HEADER}\r\n");
    lines.for_each(|line| {
        sheet.push_str(&line);
        sheet.push_str("\r\n");
    });
    sheet
}

fn line(it: &SettlementEntry) -> String {
    let entry = &it.entry;
    let fields = [
        entry.entered_at.to_rfc3339(),
        entry.kind.name().to_owned(),
        text(entry.order_number.as_str()),
        entry.take_up.to_string(),
        text(entry.contract.as_str()),
        entry.order.kind().name().to_owned(),
        entry.provider.to_string(),
        text(entry.provider_name.as_ref().map(Text::as_str).unwrap_or_default()),
        text(entry.place.as_ref().map(Text::as_str).unwrap_or_default()),
        text(entry.code.as_str()),
        entry.tier.to_string(),
        entry.side.map_or_else(String::new, |side| side.name().to_owned()),
        pieces(entry.pieces),
        entry.limit.to_string(),
        entry.limit_kind.name().to_owned(),
        entry.share.to_string(),
        entry.entitlement.map_or_else(String::new, |code| code.name().to_owned()),
        entry.issued_in.to_string(),
        entry.price.to_string(),
        entry.refund.to_string(),
        entry.copay.to_string(),
    ];
    fields.map(|field| quoted(&field)).join(",")
}

/// Hundredths with as many places as they need, as quantities have them everywhere, and a sign where they are taken back.
pub(super) fn pieces(hundredths: i64) -> String {
    let sized = Booked::of(hundredths).to_string();
    sized.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A text that a spreadsheet would take for a formula is kept from it; amounts are numbers, and keep their sign.
fn text(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

fn quoted(field: &str) -> String {
    let needs_quotes = field.contains([',', '"', '\r', '\n']);
    if needs_quotes { format!("\"{}\"", field.replace('"', "\"\"")) } else { field.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_neither_a_formula_nor_does_it_break_its_line() {
        assert_eq!(quoted(&text("=1+1,\"x\"")), "\"'=1+1,\"\"x\"\"\"");
        assert_eq!(quoted(&text("@SUM(A1)")), "'@SUM(A1)");
        assert_eq!(quoted(&text("PIASKOWNICA/07/0001")), "PIASKOWNICA/07/0001");
        assert_eq!(quoted("a\r\nb"), "\"a\r\nb\"");
    }

    #[test]
    fn pieces_keep_their_sign_and_lose_no_hundredth() {
        let told = [9000, -9000, 50, -1, 0, 400].map(pieces);
        assert_eq!(told, ["90", "-90", "0.5", "-0.01", "0", "4"]);
    }
}
