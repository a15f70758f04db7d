//! The envelopes of the payer's service: what it reads in those of a client, and those that it answers with.

use chrono::NaiveDate;

const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const COMMON: &str = "http://xml.kamsoft.pl/ws/common";
const AUTH: &str = "http://xml.kamsoft.pl/ws/kaas/login_types";
const BROKER: &str = "http://xml.kamsoft.pl/ws/broker";
const STATUS: &str = "https://ewus.nfz.gov.pl/ws/broker/ewus/status_cwu/v5";
const OPERATION: &str = "L1712M01200000001";

/// What a client sent; read as text, under whatever prefix.
pub(super) struct Asked(pub(super) String);

impl Asked {
    pub(super) fn names(&self, element: &str) -> bool {
        self.0.contains(&format!(":{element}/>")) || self.0.contains(&format!(":{element}>"))
    }

    /// What stands inside the first element of this name.
    pub(super) fn text(&self, element: &str) -> Option<String> {
        inside(&self.0, element)
    }

    /// The value of a login's parameter.
    pub(super) fn item(&self, name: &str) -> Option<String> {
        let mut items = self.0.split(":item>").filter(|item| inside(item, "name").as_deref() == Some(name));
        inside(items.next()?, "stringValue")
    }

    /// The `id` of an element of the header.
    pub(super) fn identified(&self, element: &str) -> Option<String> {
        let (_, rest) = self.0.split_once(&format!(":{element} id=\""))?;
        rest.split_once('"').map(|(id, _)| unescaped(id))
    }
}

fn inside(xml: &str, element: &str) -> Option<String> {
    let (_, rest) = xml.split_once(&format!(":{element}>"))?;
    rest.split_once("</").map(|(text, _)| unescaped(text))
}

fn unescaped(text: &str) -> String {
    let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
    plain.replace("&amp;", "&")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

pub(super) fn logged_in(session: &str, token: &str, code: &str) -> String {
    let (session, token) = (escaped(session), escaped(token));
    envelope(
        &format!(
            r#"<soapenv:Header><ns1:session xmlns:ns1="{COMMON}" id="{session}" /><ns1:authToken xmlns:ns1="{COMMON}" id="{token}" /></soapenv:Header>"#
        ),
        &format!(
            r#"<ns1:loginReturn xmlns:ns1="{AUTH}">{code} U&amp;#380;ytkownik zosta&amp;#322; prawid&amp;#322;owo zalogowany.</ns1:loginReturn>"#
        ),
    )
}

pub(super) fn logged_out() -> String {
    envelope("", &format!(r#"<ns1:logoutReturn xmlns:ns1="{AUTH}">Wylogowany</ns1:logoutReturn>"#))
}

/// `sessionError` holds a `SessionException`, and so on.
pub(super) fn fault(class: &str) -> String {
    envelope(
        "",
        &format!(
            r#"<soapenv:Fault><faultcode>soapenv:Server</faultcode><faultstring>{class}Msg</faultstring><detail><ns1:error xmlns:ns1="{COMMON}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="ns1:{class}"><ns1:faultcode>Client.{class}</ns1:faultcode><ns1:faultstring>Odmowa.</ns1:faultstring></ns1:error></detail></soapenv:Fault>"#
        ),
    )
}

/// By the digits of which the module speaks.
pub(super) fn checked(pesel: &str, day: NaiveDate) -> String {
    let (status, insured) = match pesel.get(6..9) {
        Some("997") => ("1", Some("0")),
        Some("998") => ("0", None),
        Some("999") => ("-1", None),
        _ => ("1", Some("1")),
    };
    let pesel = escaped(pesel);
    let patient = insured.map(|insured| {
        format!(
            "<ns2:pacjent><ns2:data_waznosci_potwierdzenia>{day}+01:00</ns2:data_waznosci_potwierdzenia>\
             <ns2:status_ubezp>{insured}</ns2:status_ubezp><ns2:imie>Ewa</ns2:imie><ns2:nazwisko>Testowa</ns2:nazwisko>\
             </ns2:pacjent>"
        )
    });
    let patient = patient.unwrap_or_default();
    envelope(
        "",
        &format!(
            r#"<ns3:executeServiceReturn xmlns:ns3="{BROKER}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="ns3:ServiceResponse"><location xmlns="{COMMON}"><namespace>nfz.gov.pl/ws/broker/cwu</namespace><localname>checkCWU</localname><version>5.0</version></location><ns3:payload><ns3:textload><ns2:status_cwu_odp xmlns:ns2="{STATUS}" data_czas_operacji="{day}T10:00:00.000+01:00" id_operacji="{OPERATION}"><ns2:status_cwu>{status}</ns2:status_cwu><ns2:numer_pesel>{pesel}</ns2:numer_pesel><ns2:system_nfz nazwa="eWUS" wersja="test" />{patient}</ns2:status_cwu_odp></ns3:textload></ns3:payload></ns3:executeServiceReturn>"#
        ),
    )
}

fn envelope(header: &str, body: &str) -> String {
    format!(
        r#"<?xml version='1.0' encoding='UTF-8'?><soapenv:Envelope xmlns:soapenv="{SOAP}">{header}<soapenv:Body>{body}</soapenv:Body></soapenv:Envelope>"#
    )
}
