//! What is ordered and how much of it: one device, or up to four spectacle lenses.

use super::{DevicePrint, LensPrint, OrderPrint, OtherDevicePrint};
use crate::device_order::supply::{Side, SupplyPrint};
use crate::layout::{Column, Layout};
use crate::section::{Rows, push, section};

pub(super) fn device(layout: &mut Layout, it: &OrderPrint) {
    let Some(device) = &it.device else { return };
    let mut rows: Rows = Vec::new();
    match device {
        DevicePrint::Lenses { name, pupil_distance, .. } => {
            push(&mut rows, "Nazwa", Some(name));
            let distance = pupil_distance.as_ref().map(|distance| format!("{}\u{a0}mm", comma(distance)));
            push(&mut rows, "Rozstaw źrenic", distance.as_ref());
        }
        DevicePrint::Other(device) => other(&mut rows, device),
    }
    push(&mut rows, "Ilość", it.supply.map(SupplyPrint::quantity_words).as_ref());
    push(&mut rows, "Okres zaopatrzenia", it.supply.and_then(SupplyPrint::months_words).as_ref());
    let kind = match it.supply {
        Some(SupplyPrint::OneOff { .. }) => Some("jednorazowe".to_owned()),
        Some(SupplyPrint::Monthly { .. }) | None => {
            it.ordination.map(|it| format!("comiesięczne, {}", it.words()))
        }
    };
    push(&mut rows, "Rodzaj zlecenia", kind.as_ref());
    push(&mut rows, "Zlecenie pierwotne", it.primary_order.as_ref());
    section(layout, "Część I. Wyrób medyczny i ilość", &rows);
    if let DevicePrint::Lenses { lenses, .. } = device {
        self::lenses(layout, lenses);
    }
}

fn other(rows: &mut Rows, device: &OtherDevicePrint) {
    push(rows, "Kod wyrobu", Some(&device.code));
    push(rows, "Kod płatnika", device.payer_code.as_ref());
    push(rows, "Nazwa", Some(&device.name));
    let sides: Vec<_> = device.sides.iter().map(|side| side.words()).collect();
    push(rows, "Strona", Some(&sides.join(" i ")));
    let stoma = device.stoma.as_ref().map(|stoma| format!("{}, liczba przetok: {}", stoma.kind, stoma.count));
    push(rows, "Stomia", stoma.as_ref());
}

fn lenses(layout: &mut Layout, lenses: &[LensPrint]) {
    let columns = [
        ("Soczewka", 2.2),
        ("Kod wyrobu", 1.6),
        ("Sfera (dpt)", 1.3),
        ("Cylinder (dpt)", 1.5),
        ("Oś", 0.8),
        ("Pryzma (dpt)", 1.4),
    ]
    .map(|(title, share)| Column { title, share });
    let mut sorted: Vec<&LensPrint> = lenses.iter().collect();
    // As an optical prescription has them: far before near, the right eye before the left.
    sorted.sort_by_key(|lens| (lens.is_near, lens.eye == Side::Left));
    let rows: Vec<_> = sorted.into_iter().map(row).collect();
    layout.table_below("Soczewki okularowe", &columns, &rows);
}

fn row(lens: &LensPrint) -> Vec<String> {
    let purpose = if lens.is_near { "do bliży" } else { "do dali" };
    let eye = match lens.eye {
        Side::Left => "oko lewe",
        Side::Right => "oko prawe",
    };
    let dash = |value: Option<String>| value.unwrap_or_else(|| "–".to_owned());
    vec![
        format!("{purpose}, {eye}"),
        lens.code.clone(),
        dash(lens.sphere.as_deref().map(signed)),
        dash(lens.cylinder.as_deref().map(signed)),
        dash(lens.axis.as_ref().map(|axis| format!("{axis}°"))),
        dash(lens.prism.as_deref().map(comma)),
    ]
}

fn comma(number: &str) -> String {
    number.replace('.', ",")
}

/// A power never stands without its sign: a forgotten minus is the opposite lens.
fn signed(power: &str) -> String {
    let is_zero = power.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let plus = if power.starts_with(['+', '-']) || is_zero { "" } else { "+" };
    format!("{plus}{}", comma(power))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_power_keeps_or_gets_its_sign() {
        assert_eq!(["2.25", "-0.75", "+1.00", "0.00"].map(signed), ["+2,25", "-0,75", "+1,00", "0,00"]);
    }
}
