//! Which of the two languages an answer speaks: Polish unless `Accept-Language` prefers English.

use actix_web::FromRequest;
use actix_web::dev::Payload;
use actix_web::http::header::{ACCEPT_LANGUAGE, HeaderMap};
use actix_web::{Error, HttpRequest};
use domain::problem::Sentence;
use std::future::{Ready, ready};

/// The language of an answer's sentences; codes are the same in both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Polish,
    English,
}

impl Language {
    /// RFC 9110 §12.5.4; equal weights and a lone `*` mean Polish.
    pub fn of(headers: &HeaderMap) -> Self {
        let mut weights = Weights::default();
        for line in headers.get_all(ACCEPT_LANGUAGE).filter_map(|value| value.to_str().ok()) {
            line.split(',').for_each(|range| weights.note(range));
        }
        let any = weights.any.unwrap_or(0);
        if weights.english.unwrap_or(any) > weights.polish.unwrap_or(any) {
            Self::English
        } else {
            Self::Polish
        }
    }

    pub fn tag(self) -> &'static str {
        match self {
            Self::Polish => "pl",
            Self::English => "en",
        }
    }

    pub fn pick(self, sentence: &Sentence) -> &'static str {
        match self {
            Self::Polish => sentence.pl,
            Self::English => sentence.en,
        }
    }
}

impl FromRequest for Language {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request.headers())))
    }
}

/// Weights in thousandths; `None` where the header does not name the language.
#[derive(Default)]
struct Weights {
    polish: Option<u16>,
    english: Option<u16>,
    any: Option<u16>,
}

impl Weights {
    fn note(&mut self, range: &str) {
        let (tag, weight) = match range.split_once(';') {
            Some((tag, parameter)) => (tag.trim(), weight(parameter)),
            None => (range.trim(), 1000),
        };
        let primary = tag.split('-').next().unwrap_or(tag).to_ascii_lowercase();
        let slot = match primary.as_str() {
            "pl" => &mut self.polish,
            "en" => &mut self.english,
            "*" => &mut self.any,
            _ => return,
        };
        *slot = Some(slot.unwrap_or(0).max(weight));
    }
}

/// `q=0.8` in thousandths; what cannot be read counts as not wanted.
fn weight(parameter: &str) -> u16 {
    let Some(digits) = parameter.trim().strip_prefix("q=").or_else(|| parameter.trim().strip_prefix("Q="))
    else {
        return 1000;
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    match whole {
        "1" => 1000,
        "0" => format!("{fraction:0<3}").get(..3).and_then(|text| text.parse().ok()).unwrap_or(0),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    fn chosen(header: &'static str) -> Language {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static(header));
        Language::of(&headers)
    }

    #[test]
    fn polish_is_spoken_unless_english_is_preferred() {
        assert_eq!(Language::of(&HeaderMap::new()), Language::Polish);
        assert_eq!(chosen("de, fr;q=0.8"), Language::Polish);
        assert_eq!(chosen("*"), Language::Polish);
        assert_eq!(chosen("pl-PL,pl;q=0.9,en-US;q=0.8,en;q=0.7"), Language::Polish);
        assert_eq!(chosen("pl;q=0.3, en;q=0.4"), Language::English);
        assert_eq!(chosen("en-GB"), Language::English);
        assert_eq!(chosen("pl;q=0, *;q=0.5"), Language::English);
        assert_eq!(chosen("en;q=zero"), Language::Polish);
    }
}
