//! Writes a sample of a demand's print: `cargo run -p print --example demand_sample -- out.pdf`.

#[path = "../tests/sample/mod.rs"]
mod sample;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("name the file to write")?;
    let mut demand = sample::full();
    if std::env::args().any(|argument| argument == "--list") {
        in_facility(&mut demand);
    }
    if std::env::args().any(|argument| argument == "--revoked") {
        revoked(&mut demand);
    }
    std::fs::write(path, print::demand::render(&demand)?)?;
    Ok(())
}

/// The consent for a food, taken back.
fn revoked(demand: &mut print::demand::DemandPrint) {
    demand.kind = print::demand::Kind::Food;
    "Zgoda cofnięta".clone_into(&mut demand.state);
    demand.ending = Some(print::EndingPrint {
        what: "Zgodę cofnięto".into(),
        on: demand.printed_at.date_naive(),
        legal_basis: Some("art. 29a ust. 4 ustawy o bezpieczeństwie żywności i żywienia".into()),
        grounds: Some("Decyzja Głównego Inspektora Sanitarnego w sprawie wycofania środka z obrotu.".into()),
    });
}

/// The same demand as a hospital would file it: a list of patients, a refusal, no token.
fn in_facility(demand: &mut print::demand::DemandPrint) {
    demand.usage = print::demand::Usage::InFacility;
    demand.decision_token = None;
    demand.urgency = None;
    "Rozpatrzone negatywnie".clone_into(&mut demand.state);
    if let Some(resolution) = &mut demand.resolution {
        resolution.outcome = print::demand::Outcome::Rejected;
        resolution.valid_until = None;
    }
    if let Some(patients) = &mut demand.patients {
        let patient = patients.people.first().cloned().unwrap_or_default();
        patients.people = (1..=34)
            .map(|number| print::demand::PatientPrint {
                name: format!("{} {number}", patient.name),
                quantity: Some(format!("{number} opakowań")),
                ..patient.clone()
            })
            .collect();
    }
}
