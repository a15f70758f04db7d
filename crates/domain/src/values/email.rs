//! An address of electronic mail.

use super::faults;
use crate::problem::ProblemType;

personal_value! {
    /// `local@domain` in ASCII, at most 254 characters (RFC 5321 §4.5.3.1); a domain with national
    /// letters comes in its `xn--` form. Quoted local parts and address literals are not accepted.
    Email
}

impl Email {
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let legal = text.len() <= 254
            && text.split_once('@').is_some_and(|(local, domain)| is_local(local) && is_domain(domain));
        if legal { Ok(Self(text.to_owned())) } else { Err(faults::EMAIL) }
    }
}

/// A dot-atom of RFC 5322 §3.2.3, at most 64 characters.
fn is_local(local: &str) -> bool {
    let is_atom_text = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b);
    local.len() <= 64 && local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atom_text))
}

/// At least two labels, the last of which is no number.
fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let has_top_level =
        domain.rsplit_once('.').is_some_and(|(_, top)| !top.bytes().all(|b| b.is_ascii_digit()));
    has_top_level && domain.split('.').all(is_label)
}
