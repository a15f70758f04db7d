//! Writes samples of the prints of device orders: `cargo run -p print --example order_samples -- folder`.

#[path = "../tests/order_sample/mod.rs"]
mod order_sample;

use order_sample::supplied::{realisation, repair};
use order_sample::{cancelled, information, lenses, monthly, negative};
use print::device_order::information::{IdentifiedBy, InformationPrint};
use print::device_order::order::OrderPrint;
use print::device_order::realisation::RealisationPrint;
use print::device_order::{information, order, realisation as issue, repair as mending};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("name the folder to write to")?;
    let folder = std::path::Path::new(&folder);
    let without_code =
        InformationPrint { code: None, identified_by: IdentifiedBy::BirthDate, ..information() };
    let ended = || Some(cancelled());
    for (name, bytes) in [
        ("information", information::render(&information())?),
        ("information_without_code", information::render(&without_code)?),
        ("information_ended", information::render(&InformationPrint { ending: ended(), ..information() })?),
        ("order", order::render(&monthly())?),
        (
            "order_cancelled",
            order::render(&OrderPrint { state: "Anulowane".into(), ending: ended(), ..monthly() })?,
        ),
        ("order_negative", order::render(&negative())?),
        ("order_lenses", order::render(&lenses())?),
        ("realisation", issue::render(&realisation())?),
        ("realisation_courier", issue::render(&RealisationPrint { receipt: None, ..realisation() })?),
        ("repair", mending::render(&repair())?),
    ] {
        std::fs::write(folder.join(format!("{name}.pdf")), bytes)?;
    }
    Ok(())
}
