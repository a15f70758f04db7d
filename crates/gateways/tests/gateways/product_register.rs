//! Reading the register of medicinal products: real shape, bad records, and files that are none.

use gateways::product_register::{NAMESPACE, ProductRegister, Record, RegisterFault};
use std::io::{Cursor, Read};

const SAMPLE: &str = include_str!("../../../../data/medicinal-products/sample.xml");

fn file(records: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<produktyLecznicze xmlns=\"{NAMESPACE}\" stanNaDzien=\"2026-11-02\">{records}</produktyLecznicze>"
    )
}

fn read(text: &str) -> Result<Vec<Record>, RegisterFault> {
    let mut register = ProductRegister::open(Cursor::new(text.to_owned()))?;
    let mut all = Vec::new();
    while let Some(record) = register.next_record()? {
        all.push(record);
    }
    assert_eq!(register.next_record()?, None, "and no more after the last one");
    Ok(all)
}

/// Why each faulty record is left out; the names of the others.
fn told(text: &str) -> Vec<String> {
    let one = |record: Record| match record {
        Record::Product(product) => product.name,
        Record::Removed => "removed".to_owned(),
        Record::Faulty(fault) => format!("{}: {}", fault.id.unwrap_or_default(), fault.reason),
    };
    read(&file(text)).unwrap().into_iter().map(one).collect()
}

#[test]
fn the_sample_is_read_whole() {
    let register = ProductRegister::open(SAMPLE.as_bytes()).unwrap();
    assert_eq!(register.as_of().to_string(), "2026-11-02");
    let records = read(SAMPLE).unwrap();
    let products: Vec<_> =
        records.iter().filter_map(|it| if let Record::Product(it) = it { Some(it) } else { None }).collect();
    assert_eq!((records.len(), products.len()), (12, 11));
    assert_eq!(records.last(), Some(&Record::Removed));
    let combined = products.iter().find(|it| it.name == "Klavotest").unwrap();
    assert_eq!(combined.id.number(), 900_000_021);
    assert_eq!(combined.kind.as_deref(), Some("ludzki"));
    assert_eq!(combined.strength.as_deref(), Some("875 mg + 125 mg"));
    assert_eq!(combined.form.as_deref(), Some("Tabletki powlekane"));
    assert_eq!(combined.procedure.as_deref(), Some("MRP"));
    assert_eq!(combined.permit.validity.as_deref(), Some("Bezterminowe"));
    assert_eq!(combined.atc, ["J01CR02"]);
    assert_eq!(combined.substances.len(), 2);
    assert_eq!(combined.substances[1].name, "Kalii clavulanas");
    assert_eq!(combined.packs[0].gtin.as_deref(), Some("05909999000211"));
    let first = products[0];
    assert_eq!(first.packs.iter().map(|pack| pack.deleted).collect::<Vec<_>>(), [false, true]);
    let quoted = products.iter().find(|it| it.name == "Metotrest").unwrap();
    assert_eq!(quoted.holder.as_deref(), Some("Zakłady Testowe \"Próba\" sp. z o.o."));
    assert_eq!(quoted.atc, ["L01BA01", "L04AX03"]);
    assert!(products.iter().any(|it| it.is_veterinary()));
}

#[test]
fn prefixes_unknown_attributes_and_unknown_elements_are_passed_over() {
    let text = format!(
        "<?xml version='1.0'?><!-- a remark --><r:produktyLecznicze xmlns:r='{NAMESPACE}' stanNaDzien='2026-11-02' nowy='1'>\
         <r:naglowek><r:cos/></r:naglowek>\
         <r:produktLeczniczy id='7' nazwaProduktu='A &amp; B &#x142;' kolor='biały'><r:nowe a='b'><r:jeszcze/></r:nowe>\
         <r:substancjeCzynne><r:substancjaCzynna>Allopurinolum</r:substancjaCzynna></r:substancjeCzynne>\
         <r:kodyATC><r:kodATC>M04<![CDATA[AA]]>01</r:kodATC><r:kodATC/></r:kodyATC></r:produktLeczniczy>\
         </r:produktyLecznicze>"
    );
    let records = read(&text).unwrap();
    let [Record::Product(product)] = records.as_slice() else { panic!("{records:?}") };
    assert_eq!(product.name, "A & B ł");
    assert_eq!(product.substances[0].name, "Allopurinolum");
    assert_eq!(product.atc, ["M04AA01"]);
}

#[test]
fn a_bad_record_is_left_out_whole_and_the_next_one_is_read() {
    let good = "<produktLeczniczy id='1' nazwaProduktu='Dobry'/>";
    for (bad, expected) in [
        ("<produktLeczniczy nazwaProduktu='X'/>", ": has no id"),
        ("<produktLeczniczy id='12x' nazwaProduktu='X'/>", "12x: id is not a positive number"),
        ("<produktLeczniczy id='2'/>", "2: has no nazwaProduktu"),
        ("<produktLeczniczy id='2' nazwaProduktu=' '/>", "2: has no nazwaProduktu"),
        ("<produktLeczniczy id='2' nazwaProduktu='X' moc='1' moc='2'/>", "2: an attribute cannot be read"),
        ("<produktLeczniczy id='2' nazwaProduktu='X' moc='&nieznana;'/>", "2: moc: "),
        ("<produktLeczniczy id='2' nazwaProduktu='X' moc='a&#7;b'/>", "2: moc"),
        (
            "<produktLeczniczy id='2' nazwaProduktu='X'><kodyATC><kodATC>&nieznana;</kodATC></kodyATC></produktLeczniczy>",
            "2: refers to an entity",
        ),
        (
            "<produktLeczniczy id='2' nazwaProduktu='X'><kodyATC><kodATC>M04\u{0}AA01</kodATC></kodyATC></produktLeczniczy>",
            "2: kodATC has control characters",
        ),
        (
            "<produktLeczniczy id='2' nazwaProduktu='X'><substancjeCzynne><substancjaCzynna>Kwas&#7;</substancjaCzynna></substancjeCzynne></produktLeczniczy>",
            "2: substancjaCzynna has control characters",
        ),
        (
            "<produktLeczniczy id='2' nazwaProduktu='X'><substancjeCzynne><substancjaCzynna/></substancjeCzynne></produktLeczniczy>",
            "2: a substancjaCzynna has no name",
        ),
        (
            "<produktLeczniczy id='2' nazwaProduktu='X'><produktLeczniczy id='3' nazwaProduktu='Y'/></produktLeczniczy>",
            "2: another record begins",
        ),
    ] {
        let told = told(&format!("{bad}{good}"));
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].contains(expected), "{told:?}");
        assert_eq!(told[1], "Dobry");
    }
}

#[test]
fn a_text_in_several_lines_is_one_value_and_what_is_passed_over_is_not_judged() {
    let text = "<produktLeczniczy id='2' nazwaProduktu='X'><uwagi>\u{7}</uwagi><substancjeCzynne>\n<substancjaCzynna>\n Acidum\nfolicum\t\n\
                </substancjaCzynna>\n</substancjeCzynne></produktLeczniczy>";
    let records = read(&file(text)).unwrap();
    let [Record::Product(product)] = records.as_slice() else { panic!("{records:?}") };
    assert_eq!(product.substances[0].name, "Acidum folicum");
}

#[test]
fn a_removed_record_is_counted_and_not_judged() {
    assert_eq!(
        told(
            "<produktLeczniczy status='Usuniety' id='5'/><produktLeczniczy status='Nowy' id='6' nazwaProduktu='N'/>"
        ),
        ["removed", "N"]
    );
}

#[test]
fn a_fault_says_where_its_record_begins() {
    let text = file("<produktLeczniczy/>");
    let records = read(&text).unwrap();
    let [Record::Faulty(fault)] = records.as_slice() else { panic!("{records:?}") };
    assert_eq!(fault.position, u64::try_from(text.find("<produktLeczniczy/>").unwrap()).unwrap());
}

#[test]
fn a_value_that_is_too_long_spoils_its_record_only() {
    let long = "x".repeat(5000);
    let told = told(&format!(
        "<produktLeczniczy id='2' nazwaProduktu='{long}'/><produktLeczniczy id='1' nazwaProduktu='Dobry'/>"
    ));
    assert_eq!(told, ["2: nazwaProduktu is longer than 4000 characters", "Dobry"]);
}

#[test]
fn too_many_parts_spoil_their_record_only() {
    let many = "<opakowanie kodGTIN='1'/>".repeat(2001);
    let told = told(&format!(
        "<produktLeczniczy id='2' nazwaProduktu='X'><opakowania>{many}</opakowania></produktLeczniczy><produktLeczniczy id='1' nazwaProduktu='Dobry'/>"
    ));
    assert!(told[0].starts_with("2: has more than 2000"), "{told:?}");
    assert_eq!(told[1], "Dobry");
}

/// Bytes without end that are never held.
struct Endless(u64);

impl Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        into.fill(b'x');
        self.0 += u64::try_from(into.len()).unwrap();
        Ok(into.len())
    }
}

#[test]
fn an_attribute_without_end_is_given_up() {
    let begun = file("<produktLeczniczy id='2' nazwaProduktu='").replace("</produktyLecznicze>", "");
    let mut register = ProductRegister::open(Cursor::new(begun).chain(Endless(0))).unwrap();
    let fault = register.next_record().unwrap_err();
    assert!(
        matches!(&fault, RegisterFault::Io { why, .. } if why.contains("longer than 1048576 bytes")),
        "{fault}"
    );
    assert!(register.position() < 1 << 21);
}

#[test]
fn a_file_that_ends_in_the_middle_is_told() {
    let whole = SAMPLE.trim_end();
    for end in [whole.len() - 3, whole.len() / 2, whole.len() / 3, 200] {
        let end = (0..=end).rev().find(|at| whole.is_char_boundary(*at)).unwrap();
        let fault = read(&whole[..end]).unwrap_err();
        assert!(matches!(fault, RegisterFault::Truncated(_)), "{end}: {fault}");
    }
    assert!(matches!(read(""), Err(RegisterFault::Truncated(0))));
}

#[test]
fn another_version_or_another_file_is_refused() {
    for (text, expected) in [
        (SAMPLE.replace("v6.0.0", "v5.0.0"), "eksport-danych-v5.0.0"),
        (SAMPLE.replace(&format!(" xmlns=\"{NAMESPACE}\""), ""), "without a namespace"),
        (format!("<html xmlns='{NAMESPACE}'/>"), "html of"),
    ] {
        let fault = read(&text).unwrap_err();
        assert!(matches!(&fault, RegisterFault::Version(found) if found.contains(expected)), "{fault}");
    }
    for day in ["", "2026-13-01", "wczoraj"] {
        let fault = read(&SAMPLE.replace("stanNaDzien=\"2026-11-02\"", &format!("stanNaDzien=\"{day}\"")));
        assert!(matches!(fault, Err(RegisterFault::Day)), "{day}");
    }
    assert!(matches!(
        read("{\"no\": \"xml\"}"),
        Err(RegisterFault::Truncated(_) | RegisterFault::Syntax { .. })
    ));
    assert!(matches!(read(&file("<a></b>")), Err(RegisterFault::Syntax { .. })));
}

#[test]
fn no_entity_is_declared_and_none_is_expanded() {
    let bomb = "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>";
    let text = file("<produktLeczniczy id='1' nazwaProduktu='&b;'/>");
    let text = text.replace("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", bomb);
    assert!(matches!(read(&text), Err(RegisterFault::DocumentType(_))));
}
