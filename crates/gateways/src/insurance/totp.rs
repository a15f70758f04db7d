//! The second factor: one-time passwords by time (RFC 6238) over HMAC-SHA-1, six digits, every thirty seconds.

use aws_lc_rs::hmac;
use chrono::{DateTime, Utc};
use domain::redacted::Redacted;

pub(super) const STEP_SECONDS: i64 = 30;
const DIGITS: usize = 6;
/// RFC 4226 §4, R6: a secret has 128 bits at least.
const SHORTEST: usize = 16;

/// What the payer's portal shows when the second factor is set up: base32 (RFC 4648 §6).
#[derive(Clone, Debug)]
pub struct TotpSecret(Redacted<Vec<u8>>);

impl TotpSecret {
    /// Blanks and the padding at the end count for nothing; letters may be small.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let (mut bytes, mut kept, mut bits) = (Vec::new(), 0_u32, 0_u32);
        for letter in text.trim().trim_end_matches('=').chars().filter(|c| !c.is_whitespace()) {
            let value = match letter.to_ascii_uppercase() {
                letter @ 'A'..='Z' => u32::from(letter) - u32::from('A'),
                digit @ '2'..='7' => u32::from(digit) - u32::from('2') + 26,
                _ => return Err("is not base32"),
            };
            (kept, bits) = ((kept << 5) | value, bits + 5);
            if bits >= 8 {
                bits -= 8;
                bytes.extend(u8::try_from(kept >> bits));
                kept &= (1 << bits) - 1;
            }
        }
        if bytes.len() < SHORTEST {
            return Err("is shorter than 128 bits");
        }
        Ok(Self(Redacted::new(bytes)))
    }

    /// The password at that instant.
    pub fn code(&self, now: DateTime<Utc>) -> Redacted<String> {
        let step = now.timestamp().div_euclid(STEP_SECONDS).to_be_bytes();
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, self.0.reveal());
        let tag = hmac::sign(&key, &step);
        let offset = usize::from(tag.as_ref().last().copied().unwrap_or_default() & 0x0f);
        let word =
            tag.as_ref().iter().skip(offset).take(4).fold(0_u32, |it, byte| (it << 8) | u32::from(*byte));
        Redacted::new(format!("{:0DIGITS$}", (word & 0x7fff_ffff) % 1_000_000))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::*;

    /// `12345678901234567890`, the secret of RFC 6238 appendix B.
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn the_vectors_of_the_rfc_hold() {
        let secret = TotpSecret::parse(SECRET).unwrap();
        for (seconds, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")]
        {
            let now = DateTime::from_timestamp(seconds, 0).unwrap();
            assert_eq!(secret.code(now).reveal(), code, "{seconds}");
        }
    }

    #[test]
    fn a_secret_is_read_as_people_write_it_and_never_printed() {
        let now = DateTime::from_timestamp(59, 0).unwrap();
        let typed = TotpSecret::parse(" gezd gnbv gy3t qojq gezd gnbv gy3t qojq\n").unwrap();
        assert_eq!(typed.code(now).reveal(), "287082");
        assert_eq!(format!("{typed:?}"), "TotpSecret(…)");
        assert_eq!(TotpSecret::parse("GEZDGNBV1").unwrap_err(), "is not base32");
        assert_eq!(TotpSecret::parse("GEZDGNBV").unwrap_err(), "is shorter than 128 bits");
    }
}
