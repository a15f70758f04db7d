//! What stands under a step: an electronic signature, or one by hand on paper.

use super::model::{Digest, Named, Signed};
use crate::calendar::start_of_day_warsaw;
use crate::values::PersonName;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A signature by hand, as an officer found it on paper (PF art. 4ad(8)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Handwritten {
    pub given_names: PersonName,
    pub family_name: PersonName,
    pub signed_on: NaiveDate,
    /// Of the document's bytes as the officer entered them.
    pub payload_sha256: Digest,
}

/// What stands under a step. No electronic signature stands on what came on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Attested {
    Electronic(Signed),
    OnPaper(Handwritten),
}

impl From<Signed> for Attested {
    fn from(signed: Signed) -> Self {
        Self::Electronic(signed)
    }
}

impl Attested {
    /// SHA-256 of the bytes that it is under.
    pub fn payload_sha256(&self) -> &Digest {
        match self {
            Self::Electronic(signed) => &signed.payload_sha256,
            Self::OnPaper(written) => &written.payload_sha256,
        }
    }

    /// Who signed, by name.
    pub fn named(&self) -> Named {
        match self {
            Self::Electronic(signed) => signed.named(),
            Self::OnPaper(Handwritten { given_names, family_name, .. }) => {
                Named { given_names: given_names.clone(), family_name: family_name.clone() }
            }
        }
    }

    /// From when terms count: its receipt, on paper the beginning of its day.
    pub fn at(&self) -> DateTime<Utc> {
        match self {
            Self::Electronic(signed) => signed.received_at,
            Self::OnPaper(written) => start_of_day_warsaw(written.signed_on),
        }
    }
}
