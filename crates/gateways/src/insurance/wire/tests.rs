//! The wire format, letter by letter, and what is made of answers.

#![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
use super::*;
use crate::insurance::TotpSecret;

const PESEL: &str = "44051401458";

fn pesel() -> Pesel {
    Pesel::parse(PESEL).unwrap()
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 26).unwrap()
}

fn ticket() -> Ticket {
    Ticket { session: Redacted::new("S\"1".to_owned()), token: Redacted::new("T&1".to_owned()) }
}

fn account(operator: Option<Operator>, secret: Option<&str>) -> EwusAccount {
    let secret = secret.map(|text| TotpSecret::parse(text).unwrap());
    let password = Redacted::new("qwerty<&>".to_owned());
    EwusAccount::new(7, operator, "TEST".to_owned(), password, secret).unwrap()
}

fn inside(envelope: Vec<u8>, from: &str) -> String {
    let text = String::from_utf8(envelope).unwrap();
    text.split_once(from).unwrap().1.to_owned()
}

#[test]
fn a_login_names_the_operator_and_the_second_factor_and_escapes_what_it_is_given() {
    let operator = Operator::Provider("123456789".to_owned());
    let account = account(Some(operator), Some("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));
    let item = |name: &str, value: &str| {
        format!(
            "<auth:item><auth:name>{name}</auth:name><auth:value><auth:stringValue>{value}</auth:stringValue>\
             </auth:value></auth:item>"
        )
    };
    let items = [
        ("domain", "07"),
        ("type", "SWD"),
        ("idntSwd", "123456789"),
        ("login", "TEST"),
        ("mfaTotp", "287082"),
    ];
    let items: String = items.iter().map(|(name, value)| item(name, value)).collect();
    let written = login(&account, DateTime::from_timestamp(59, 0).unwrap()).unwrap();
    assert_eq!(
        inside(written, "<soapenv:Header></soapenv:Header>"),
        format!(
            "<soapenv:Body><auth:login><auth:credentials>{items}</auth:credentials>\
             <auth:password>qwerty&lt;&amp;&gt;</auth:password></auth:login></soapenv:Body></soapenv:Envelope>"
        )
    );
}

#[test]
fn a_login_leaves_out_what_a_branch_does_not_ask() {
    let plain = inside(login(&account(None, None), DateTime::UNIX_EPOCH).unwrap(), "Body>");
    assert!(!plain.contains("type") && !plain.contains("mfaTotp"), "{plain}");
    let physician = Operator::Physician("77".to_owned());
    let written = inside(login(&account(Some(physician), None), DateTime::UNIX_EPOCH).unwrap(), "Body>");
    assert!(written.contains(">LEK<") && written.contains(">idntLek<"), "{written}");
}

#[test]
fn a_question_carries_its_session_and_one_pesel() {
    let written = check(&ticket(), &pesel(), DateTime::UNIX_EPOCH).unwrap();
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        inside(written, "status_cwu/v5\">"),
        format!(
            "<soapenv:Header><com:session id=\"S&quot;1\"/><com:authToken id=\"T&amp;1\"/></soapenv:Header><soapenv:Body>\
             <brok:executeService><com:location><com:namespace>nfz.gov.pl/ws/broker/cwu</com:namespace>\
             <com:localname>checkCWU</com:localname><com:version>5.0</com:version></com:location>\
             <brok:date>1970-01-01T00:00:00.000Z</brok:date><brok:payload><brok:textload><ewus:status_cwu_pyt>\
             <ewus:numer_pesel>{PESEL}</ewus:numer_pesel><ewus:system_swiad nazwa=\"soid\" wersja=\"{version}\"/>\
             </ewus:status_cwu_pyt></brok:textload></brok:payload></brok:executeService></soapenv:Body></soapenv:Envelope>"
        )
    );
    assert!(inside(logout(&ticket()).unwrap(), "<soapenv:Body>").starts_with("<auth:logout/>"));
}

/// With prefixes of their own, as the service has them.
fn answer(said: &str) -> Vec<u8> {
    format!(
        "<?xml version='1.0' encoding='UTF-8'?><e:Envelope xmlns:e='{SOAP}'><e:Body><n3:executeServiceReturn \
         xmlns:n3='{BROKER}'><n3:payload><n3:textload><n2:status_cwu_odp xmlns:n2='{STATUS}' id_operacji='L1712M01200000001'>\
         {said}</n2:status_cwu_odp></n3:textload></n3:payload></n3:executeServiceReturn></e:Body></e:Envelope>"
    )
    .into_bytes()
}

fn known(patient: &str) -> Vec<u8> {
    answer(&format!(
        "<n2:status_cwu>1</n2:status_cwu><n2:numer_pesel>{PESEL}</n2:numer_pesel><n2:pacjent>\
         <n2:data_waznosci_potwierdzenia>2026-11-26+01:00</n2:data_waznosci_potwierdzenia>{patient}</n2:pacjent>"
    ))
}

fn standing(body: &[u8]) -> Standing {
    read_check(body, &pesel(), day()).unwrap().standing
}

#[test]
fn an_answer_says_how_the_patient_stands() {
    let notice = "<n2:informacje_dodatkowe><n2:informacja kod='UKR' poziom='I' wartosc='Testowa'/></n2:informacje_dodatkowe>";
    let body =
        known(&format!("<n2:status_ubezp ozn_rec='DN'>1</n2:status_ubezp><n2:imie>Ewa</n2:imie>{notice}"));
    let read = read_check(&body, &pesel(), day()).unwrap();
    assert_eq!(read.standing, Standing::Insured { mark: Some("DN".to_owned()) });
    assert_eq!((read.operation.as_str(), read.valid_on), ("L1712M01200000001", day()));
    let [notice] = read.notices.as_slice() else { panic!("{read:?}") };
    assert_eq!(
        (notice.code.as_str(), notice.level.as_str(), notice.text.reveal().as_str()),
        ("UKR", "I", "Testowa")
    );
    assert!(!format!("{read:?}").contains("Testowa"));
    assert_eq!(standing(&known("<n2:status_ubezp>0</n2:status_ubezp>")), Standing::NotInsured);
    for (status, found) in [("0", Standing::NotKnown), ("-1", Standing::PeselOutdated)] {
        let said = format!("<n2:status_cwu>{status}</n2:status_cwu><n2:numer_pesel>{PESEL}</n2:numer_pesel>");
        assert_eq!(standing(&answer(&said)), found);
    }
}

#[test]
fn what_does_not_answer_the_question_is_no_answer() {
    let refused = |body: &[u8], day| match read_check(body, &pesel(), day) {
        Err(Fault::No(NoAnswer::Unusable(why))) => why,
        other => panic!("{other:?}"),
    };
    let insured = known("<n2:status_ubezp>1</n2:status_ubezp>");
    assert_eq!(refused(&insured, day().succ_opt().unwrap()), "it is about another day");
    let text = String::from_utf8(insured).unwrap();
    let changed = |from: &str, to: &str| refused(text.replace(from, to).as_bytes(), day());
    assert_eq!(changed(PESEL, "02261773497"), "it is about somebody else");
    assert_eq!(changed("<n2:status_cwu>1", "<n2:status_cwu>2"), "it has an unknown status");
    assert_eq!(changed("<n2:status_ubezp>1", "<n2:status_ubezp>yes"), "it has an unknown status");
    assert_eq!(changed("id_operacji", "id"), "it has no number of the operation");
    assert_eq!(changed("L1712M01200000001", "123456789012345678901"), "it has no number of the operation");
    assert_eq!(changed("status_ubezp", "status"), "it does not say who is insured");
    assert_eq!(changed("2026-11-26+01:00", "26.11.2026"), "it does not say for which day");
    assert_eq!(changed("status_cwu/v5", "status_cwu/v4"), "it is no answer to the question");
    let twice = "<n2:status_ubezp>1</n2:status_ubezp><n2:status_ubezp>0</n2:status_ubezp>";
    assert_eq!(refused(&known(twice), day()), "it does not say who is insured");
}

fn login_answer(code: &str, header: &str) -> Vec<u8> {
    format!(
        "<e:Envelope xmlns:e='{SOAP}' xmlns:c='{COMMON}'><e:Header>{header}</e:Header><e:Body><l:loginReturn xmlns:l='{AUTH}'>\
         {code} U&amp;#380;ytkownik</l:loginReturn></e:Body></e:Envelope>"
    )
    .into_bytes()
}

#[test]
fn a_login_brings_a_session_and_tells_of_a_password_that_expires() {
    let header = "<c:session id='S1'/><c:authToken id='T1'/>";
    for (code, expiry) in [
        ("[000]", None),
        ("[001]", Some("in some days")),
        ("[002]", Some("in a day")),
        ("[003]", Some("today")),
    ] {
        let (ticket, told) = read_login(&login_answer(code, header)).unwrap();
        assert_eq!(
            (ticket.session.reveal().as_str(), ticket.token.reveal().as_str(), told),
            ("S1", "T1", expiry)
        );
        assert!(!format!("{ticket:?}").contains("S1"), "a session is as good as a password");
    }
    for body in [login_answer("[004]", header), login_answer("[000]", ""), login_answer("ż", header)] {
        assert!(matches!(read_login(&body), Err(Fault::No(NoAnswer::Unusable(_)))));
    }
}

#[test]
fn a_fault_is_known_by_its_class() {
    let fault = |detail: &str| {
        let body = format!(
            "<e:Envelope xmlns:e='{SOAP}'><e:Body><e:Fault><faultcode>e:Server</faultcode><detail>{detail}</detail>\
             </e:Fault></e:Body></e:Envelope>"
        );
        read_check(body.as_bytes(), &pesel(), day()).unwrap_err()
    };
    let coded = |class: &str| {
        fault(&format!("<c:x xmlns:c='{COMMON}'><c:faultcode>Client.{class}</c:faultcode></c:x>"))
    };
    assert_eq!(coded("SessionException"), Fault::SessionLost);
    assert_eq!(coded("AuthTokenException"), Fault::SessionLost);
    assert_eq!(coded("AuthenticationException"), Fault::No(NoAnswer::AccountRefused));
    assert_eq!(coded("passExpiredException"), Fault::No(NoAnswer::PasswordExpired));
    assert_eq!(coded("AuthorizationException"), Fault::No(NoAnswer::NotAllowed));
    assert_eq!(coded("InputException"), Fault::No(NoAnswer::Never));
    assert_eq!(
        coded("ServiceException"),
        Fault::No(NoAnswer::Later("it reports a ServiceException".to_owned()))
    );
    let typed = format!(
        "<c:x xmlns:c='{COMMON}' xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:type='c:PassExpiredException'/>"
    );
    assert_eq!(fault(&typed), Fault::No(NoAnswer::PasswordExpired));
    for unknown in ["", "<x>44051401458</x>"] {
        assert_eq!(fault(unknown), Fault::No(NoAnswer::Later("it reports a fault".to_owned())));
    }
}
