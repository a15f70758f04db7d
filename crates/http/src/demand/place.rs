//! Where a request stands: under the address of medicine demands or of food demands, and at which of them.

use crate::answer::path_id;
use crate::problem::Problem;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use app::correspondence::CaseTarget;
use app::demand::{Named, Target};
use app::failure::Failure;
use domain::demand::model::DemandKind;
use domain::ids::DemandId;
use std::future::{Ready, ready};

/// The address of a request, in the scope of one kind of demand. A demand of the other kind is not found there.
pub(crate) struct Place {
    kind: DemandKind,
    request: HttpRequest,
}

impl Place {
    pub(crate) fn kind(&self) -> DemandKind {
        self.kind
    }

    pub(crate) fn demand(&self) -> Result<Named, Failure> {
        Ok(Named { id: self.child("id", DemandId::parse)?, kind: Some(self.kind) })
    }

    /// The demand as its parties write to each other in it.
    pub(crate) fn case(&self) -> Result<CaseTarget, Failure> {
        self.demand().map(CaseTarget::Demand)
    }

    /// The demand in the revision that the caller saw.
    pub(crate) fn target(&self, if_match: Option<u64>) -> Result<Target, Failure> {
        Ok(Target { demand: self.demand()?, if_match })
    }

    /// Where a child is added to the demand: whether it fits is decided by what is there, not by the revision that the
    /// caller saw.
    pub(crate) fn addition(&self) -> Result<Target, Failure> {
        self.target(None)
    }

    /// An id out of the path.
    pub(crate) fn child<T>(&self, name: &str, parse: impl FnOnce(&str) -> Option<T>) -> Result<T, Failure> {
        path_id(self.request.match_info().get(name).unwrap_or_default(), parse)
    }

    /// The address of a list of this kind, which its cursors are bound to.
    pub(crate) fn list(&self, below: &str) -> String {
        format!("{}{below}", collection(self.kind))
    }
}

/// The address under which the demands of a kind are found.
pub(crate) fn collection(kind: DemandKind) -> String {
    format!("/api/v1/{}", kind.collection())
}

impl FromRequest for Place {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let kind = request.app_data::<DemandKind>().copied();
        let place = kind.map(|kind| Self { kind, request: request.clone() });
        ready(place.ok_or_else(|| Problem::bug("a demand's operation outside the scope of a kind".into())))
    }
}
