//! `soid import products`: the report, refusals, and an import that is killed.

use crate::database::{Database, is_proof};
use crate::installation::{Installation, text};
use std::fs::OpenOptions;
use std::io::Write as _;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const SAMPLE: &str = include_str!("../../../../data/medicinal-products/sample.xml");

#[test]
fn the_register_of_medicinal_products_is_imported_with_a_report_and_the_database_alone() {
    for database in Database::each() {
        let mut installation = Installation::on(&database);
        installation.variables.retain(|name, _| name == "DATABASE_URL");
        let bad = "<produktLeczniczy id='77x' nazwaProduktu='Zły'/></produktyLecznicze>";
        let file = installation.file("register.xml", &SAMPLE.replace("</produktyLecznicze>", bad));
        let early = installation.run(&["import", "products", &file]);
        assert_eq!(early.status.code(), Some(1));
        assert!(text(&early.stderr).contains("run soid migrate"), "{early:?}");
        installation.done(&["migrate"]);
        let said = installation.done(&["import", "products", &file]);
        let lines: Vec<&str> = said.lines().collect();
        assert_eq!(lines[0], "register of 2026-11-02, before: none");
        assert_eq!(lines[1], "read 13: 11 loaded, 1 removed, 1 faulty");
        assert!(lines[2].starts_with("faulty: 77x (byte "), "{said}");
        assert!(lines[3].starts_with("took "), "{said}");
        let again = installation.run(&["import", "products", &file]);
        assert!(text(&again.stdout).starts_with("register of 2026-11-02, before: 2026-11-02\n"), "{again:?}");
        assert_eq!(text(&again.stderr), "", "no bar where nobody looks");
    }
}

#[test]
fn a_file_that_is_not_the_register_is_refused_and_says_why() {
    let database = Database::sqlite();
    let installation = Installation::on(&database);
    installation.done(&["migrate"]);
    for (content, expected) in [
        (SAMPLE.replace("v6.0.0", "v5.0.0"), "is not the register of version 6.0.0"),
        (SAMPLE.replace("</produktyLecznicze>", ""), "ends in the middle"),
        ("<produktyLecznicze".to_owned(), "ends in the middle"),
    ] {
        let file = installation.file("register.xml", &content);
        let output = installation.run(&["import", "products", &file]);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        assert!(text(&output.stderr).contains(expected), "{output:?}");
    }
    let output = installation.run(&["import", "products", "/nowhere/register.xml"]);
    assert!(text(&output.stderr).starts_with("/nowhere/register.xml: "), "{output:?}");
}

#[test]
fn a_step_back_is_refused_in_both_languages_unless_it_is_asked_for() {
    let database = Database::sqlite();
    let installation = Installation::on(&database);
    installation.done(&["migrate"]);
    installation.done(&["import", "products", &installation.file("register.xml", SAMPLE)]);
    let older = installation.file("older.xml", &SAMPLE.replace("2026-11-02", "2026-11-01"));
    let refused = installation.run(&["import", "products", &older]);
    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
    let said = text(&refused.stderr);
    assert!(
        said.contains("--allow-step-back is") || said.contains("--allow-step-back it is taken"),
        "{said}"
    );
    assert!(said.contains("z --allow-step-back zostanie mimo to przyjęty"), "{said}");
    let done = installation.done(&["import", "products", "--allow-step-back", &older]);
    assert!(done.starts_with("register of 2026-11-01, before: 2026-11-02\n"), "{done}");
}

/// `VmHWM` of a process in KiB; the kernel's own peak, which falls to nothing at the end.
fn peak_of(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}

/// Fourteen digits with the check digit of GS1.
fn gtin(number: usize) -> String {
    let body = format!("{number:013}");
    let digits = body.chars().filter_map(|c| c.to_digit(10)).enumerate();
    let sum: u32 = digits.map(|(at, digit)| digit * if at % 2 == 0 { 3 } else { 1 }).sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

/// A register of about so many MiB, whose first products list all the packs that one may have.
fn large(installation: &Installation, mebibytes: usize) -> String {
    let name = installation.folder.path().join("large.xml");
    let mut file = std::io::BufWriter::new(std::fs::File::create(&name).unwrap());
    let (head, _) = SAMPLE.split_once("  <produktLeczniczy").unwrap();
    file.write_all(head.as_bytes()).unwrap();
    let mut written = 0;
    for id in 1.. {
        let packs = if id <= mebibytes { 2000 } else { 4 };
        let pack =
            |pack| format!("<opakowanie kodGTIN='{}' kategoriaDostepnosci='Rp'/>", gtin(id * 2000 + pack));
        let record = format!(
            "<produktLeczniczy id='{id}' nazwaProduktu='Próbny {id}' nazwaPowszechnieStosowana='Allopurinolum' \
             moc='100 mg' podstawaPrawna='{}'><opakowania>{}</opakowania></produktLeczniczy>\n",
            "x".repeat(4000),
            (0..packs).map(pack).collect::<Vec<_>>().concat(),
        );
        file.write_all(record.as_bytes()).unwrap();
        written += record.len();
        if written >= mebibytes << 20 {
            break;
        }
    }
    file.write_all(b"</produktyLecznicze>\n").unwrap();
    file.flush().unwrap();
    name.to_str().unwrap().to_owned()
}

/// 4 MiB, or the 100 MiB of the promise at the scale of a proof.
fn takes_little_memory_on(database: &Database) {
    const MOST_KIB: u64 = 200 << 10;
    let mebibytes = if is_proof() { 100 } else { 4 };
    let installation = Installation::on(database);
    installation.done(&["migrate"]);
    let file = large(&installation, mebibytes);
    let mut command = Command::new(env!("CARGO_BIN_EXE_soid"));
    command.args(["import", "products", &file]).env_clear().envs(&installation.variables);
    let mut import = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
    let mut peak = 0;
    let ended = loop {
        peak = peak.max(peak_of(import.id()));
        if let Some(ended) = import.try_wait().unwrap() {
            break ended;
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    assert!(ended.success(), "{ended}");
    assert!(peak > 0 && peak < MOST_KIB, "{peak} KiB for {mebibytes} MiB");
    assert!(database.count("SELECT products AS number FROM product_editions") > 100);
}

#[test]
fn an_import_into_sqlite_takes_little_memory_however_large_the_file_is() {
    takes_little_memory_on(&Database::sqlite());
}

#[test]
fn an_import_into_postgres_takes_little_memory_however_large_the_file_is() {
    let databases = Database::each();
    if let Some(database) = databases.get(1) {
        takes_little_memory_on(database);
    }
}

/// An import that reads from a pipe, so that it is in the middle for as long as the test wants.
fn importing(installation: &Installation, pipe: &str) -> Child {
    assert!(Command::new("mkfifo").arg(pipe).status().unwrap().success());
    let mut command = Command::new(env!("CARGO_BIN_EXE_soid"));
    command.args(["import", "products", pipe]).env_clear().envs(&installation.variables);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

#[test]
fn an_import_that_is_killed_leaves_the_former_edition_and_the_next_one_tidies_up() {
    const PRODUCTS: &str = "SELECT count(*) AS number FROM medicinal_products";
    const CURRENT: &str = "SELECT count(*) AS number FROM medicinal_products JOIN product_editions \
                           ON id = edition_id WHERE state = 'CURRENT'";
    for database in Database::each() {
        let installation = Installation::on(&database);
        installation.done(&["migrate"]);
        let file = installation.file("register.xml", SAMPLE);
        installation.done(&["import", "products", &file]);
        let pipe = installation.folder.path().join("pipe").to_str().unwrap().to_owned();
        let mut killed = importing(&installation, &pipe);
        let mut end = OpenOptions::new().write(true).open(&pipe).unwrap();
        let (head, _) = SAMPLE.split_once("  <produktLeczniczy").unwrap();
        end.write_all(head.as_bytes()).unwrap();
        for id in 1..=900 {
            writeln!(end, "<produktLeczniczy id='{id}' nazwaProduktu='Próbny {id}'/>").unwrap();
        }
        let begun = Instant::now();
        while database.count(PRODUCTS) < 200 {
            assert!(begun.elapsed() < Duration::from_secs(30), "nothing is loaded");
            std::thread::sleep(Duration::from_millis(20));
        }
        killed.kill().unwrap();
        killed.wait().unwrap();
        drop(end);
        assert_eq!(database.count(CURRENT), 11);
        let early = installation.run(&["import", "products", &file]);
        assert!(text(&early.stderr).contains("another import is running"), "{early:?}");
        database.execute("UPDATE leases SET until = '2000-01-01 00:00:00' WHERE name = 'product-import'");
        installation.done(&["import", "products", &file]);
        assert_eq!((database.count(CURRENT), database.count(PRODUCTS)), (11, 11));
    }
}
