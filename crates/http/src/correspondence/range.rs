//! Which bytes of a file are asked for (RFC 9110 §14).

use actix_web::HttpRequest;
use actix_web::http::header::{IF_RANGE, RANGE};
use std::ops::Range;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Whole,
    Part(Range<u64>),
    /// It begins beyond the end.
    Beyond,
}

/// One range of a file of this size; several ranges, another unit or an older file are answered with the whole.
pub(super) fn of(request: &HttpRequest, etag: &str, size: u64) -> Wanted {
    let text = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let is_same = text(IF_RANGE).is_none_or(|known| known.trim() == etag);
    match text(RANGE).filter(|_| is_same).and_then(|range| range.trim().strip_prefix("bytes=")) {
        Some(range) => read(range.trim(), size).unwrap_or(Wanted::Whole),
        None => Wanted::Whole,
    }
}

/// `None` where it is no range.
fn read(range: &str, size: u64) -> Option<Wanted> {
    let number = |digits: &str| {
        let is_plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_plain.then(|| digits.parse::<u64>().unwrap_or(u64::MAX))
    };
    let (first, last) = range.split_once('-')?;
    let wanted = if first.is_empty() {
        size.saturating_sub(number(last)?)..size
    } else {
        let first = number(first)?;
        let last = if last.is_empty() { u64::MAX } else { number(last)? };
        if last < first {
            return None;
        }
        first..last.saturating_add(1).min(size)
    };
    Some(if wanted.start < wanted.end { Wanted::Part(wanted) } else { Wanted::Beyond })
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn asked(range: &str) -> Wanted {
        of(&TestRequest::get().insert_header((RANGE, range)).to_http_request(), "\"a\"", 100)
    }

    #[test]
    fn a_range_is_counted_from_either_end() {
        for (range, expected) in [
            ("bytes=0-0", 0..1),
            ("bytes=10-19", 10..20),
            ("bytes=90-", 90..100),
            ("bytes=90-500", 90..100),
            ("bytes=-10", 90..100),
            ("bytes=-500", 0..100),
        ] {
            assert_eq!(asked(range), Wanted::Part(expected), "{range}");
        }
    }

    #[test]
    fn what_is_no_single_range_is_the_whole() {
        for range in ["bytes=5-4", "bytes=0-1,5-6", "items=0-1", "bytes=a-b", "bytes=", "bytes=-", "0-1"] {
            assert_eq!(asked(range), Wanted::Whole, "{range}");
        }
    }

    #[test]
    fn a_range_beyond_the_end_cannot_be_satisfied() {
        for range in ["bytes=100-", "bytes=500-600", "bytes=-0"] {
            assert_eq!(asked(range), Wanted::Beyond, "{range}");
        }
    }

    #[test]
    fn a_part_of_another_file_is_not_wanted() {
        let with = |known: &str| {
            let request =
                TestRequest::get().insert_header((RANGE, "bytes=0-9")).insert_header((IF_RANGE, known));
            of(&request.to_http_request(), "\"a\"", 100)
        };
        assert_eq!(with("\"a\""), Wanted::Part(0..10));
        assert_eq!(with("\"b\""), Wanted::Whole);
        assert_eq!(with("W/\"a\""), Wanted::Whole);
    }
}
