//! What a medicine demand states beyond others under PF art. 4(9), as it travels.

use super::choices::AuthorisationGrantor;
use crate::parsing::Faults;
use crate::threat::Threat;
use domain::demand::content as model;
use domain::values::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

/// That the product is brought in because of a disaster or threat, though it is authorised in Poland or the EU (PF art.
/// 4(9)). Without this member the demand is one of PF art. 4(1). At submission every part is there.
#[derive(Default, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DemandDisaster {
    /// Of people; a threat to animals is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threat: Option<Threat>,
    /// The product's authorisation in Poland or the EU (pkt 1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorisation: Option<ProductAuthorisation>,
    /// Number of the authorisation, or entry in the register, of the country in `extras.sourceCountry` (pkt 2).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200, example = "PEI.H.00000.01.1")]
    pub source_country_authorisation: Option<String>,
    /// That the product is unavailable in Poland (pkt 3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unavailability: Option<ProductUnavailability>,
    /// Why no product of the same active substance, strength and form is available.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 4000)]
    pub no_equivalent: Option<String>,
}

/// An authorisation that counts in Poland.
#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProductAuthorisation {
    pub granted_by: AuthorisationGrantor,
    #[schema(min_length = 1, max_length = 100, example = "EU/1/26/0000/001")]
    pub number: String,
}

/// How it is known that the product cannot be had.
#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProductUnavailability {
    #[schema(min_length = 1, max_length = 4000)]
    pub statement: String,
    /// Where that comes from.
    #[schema(min_length = 1, max_length = 500, example = "Pisma trzech hurtowni farmaceutycznych")]
    pub source: String,
}

impl DemandDisaster {
    pub(super) fn read(faults: &mut Faults, it: &Self) -> Option<model::Disaster> {
        let threat = faults.within_optional("threat", it.threat.as_ref(), Threat::read);
        let authorisation =
            faults.within_optional("authorisation", it.authorisation.as_ref(), ProductAuthorisation::read);
        let in_source_country = faults.optional(
            "/sourceCountryAuthorisation",
            it.source_country_authorisation.as_deref(),
            Text::parse,
        );
        let unavailability =
            faults.within_optional("unavailability", it.unavailability.as_ref(), ProductUnavailability::read);
        let no_equivalent = faults.optional("/noEquivalent", it.no_equivalent.as_deref(), Text::parse);
        Some(model::Disaster {
            threat: threat?,
            authorisation: authorisation?,
            source_country_authorisation: in_source_country?,
            unavailability: unavailability?,
            no_equivalent: no_equivalent?,
        })
    }

    pub(crate) fn of(it: &model::Disaster) -> Self {
        Self {
            threat: it.threat.as_ref().map(Threat::of),
            authorisation: it.authorisation.as_ref().map(|it| ProductAuthorisation {
                granted_by: it.granted_by.into(),
                number: it.number.as_str().to_owned(),
            }),
            source_country_authorisation: it
                .source_country_authorisation
                .as_ref()
                .map(|number| number.as_str().to_owned()),
            unavailability: it.unavailability.as_ref().map(|it| ProductUnavailability {
                statement: it.statement.as_str().to_owned(),
                source: it.source.as_str().to_owned(),
            }),
            no_equivalent: it.no_equivalent.as_ref().map(|said| said.as_str().to_owned()),
        }
    }
}

impl ProductAuthorisation {
    fn read(faults: &mut Faults, it: &Self) -> Option<model::Authorisation> {
        let number = faults.take("/number", Text::parse(&it.number))?;
        Some(model::Authorisation { granted_by: it.granted_by.into(), number })
    }
}

impl ProductUnavailability {
    fn read(faults: &mut Faults, it: &Self) -> Option<model::Unavailability> {
        let statement = faults.take("/statement", Text::parse(&it.statement));
        let source = faults.take("/source", Text::parse(&it.source));
        Some(model::Unavailability { statement: statement?, source: source? })
    }
}
