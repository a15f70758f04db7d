//! `soid import products`: the report, refusals, and an import that is killed.

use crate::database::Database;
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
