//! What an operator imports: people of the directory, the register of medicinal products, the catalogue of device groups, contracts of
//! device providers.

use crate::service::TestApp;
use app::caller::Role;
use app::device_group::{CatalogueFault, ImportMode, ImportedCatalogue, import_catalogue};
use app::device_provider::{ContractsFault, ImportedContracts, import_contracts};
use app::medicinal_product::{ImportedProducts, ProductImportFault, StepBack};
use serde_json::{Value, json};
use server::clock::SystemClock;

impl TestApp {
    /// Gives a persona a second role in their organisation.
    pub async fn grant(&self, key: &str, role: Role) {
        self.enter_again(key, &[role], json!({})).await;
    }

    /// Makes of a persona with a licence a consultant too.
    pub async fn appoint(&self, key: &str, field: &str) {
        let npwz = self.persona(key).spec.npwz.expect("a licence");
        let consults =
            json!([{ "field": field, "kind": "NATIONAL", "npwz": npwz, "qualifications": "dr n. med." }]);
        self.enter_again(key, &[Role::Consultant], json!({ "consults": consults })).await;
    }

    /// What the directory says of a persona who orders devices, e.g. `specialties` or `profession`.
    pub async fn know_of(&self, key: &str, members: Value) {
        self.enter_again(key, &[], members).await;
    }

    /// Puts a persona into the directory anew, with more than they were.
    async fn enter_again(&self, key: &str, more: &[Role], members: Value) {
        let persona = self.persona(key);
        let organisation = persona.organisation.expect("an organisation").id.to_string();
        let (system, number) = persona.register_id().expect("a number");
        let spec = persona.spec;
        let held = |role: &Role| json!({ "role": role.name(), "organisation": organisation, "position": "naczelnik" });
        let roles: Vec<Value> = [spec.role].iter().chain(more).map(held).collect();
        let mut line = json!({
            "id": persona.person_id.expect("a person").to_string(), "pesel": spec.pesel,
            "givenNames": spec.given_names, "familyName": spec.family_name,
            "ids": [{ "system": system.name(), "id": number }], "roles": roles,
        });
        for (member, value) in members.as_object().into_iter().flatten() {
            line[member] = value.clone();
        }
        self.import_directory(json!({ "people": [line] })).await;
    }

    /// Imports a file into the directory, as an operator does.
    pub(crate) async fn import_directory(&self, file: Value) {
        let file = serde_json::from_value(file).expect("a directory file");
        self.use_cases().import_directory(self.space().clone(), file).await.expect("the directory");
    }

    /// Serves this file as the register of medicinal products.
    pub async fn import_products(&self, xml: &str) -> ImportedProducts {
        let source = std::io::Cursor::new(xml.to_owned());
        self.use_cases().import_products(source, StepBack::Allowed, |_| {}).await.expect("the register")
    }

    /// The same where it may fail, and where a step back is refused.
    pub async fn try_import_products<R: std::io::Read + Send + 'static>(
        &self,
        source: R,
    ) -> Result<ImportedProducts, ProductImportFault> {
        self.try_import_products_watched(source, |_| {}).await
    }

    /// The same, told of every batch that is in.
    pub async fn try_import_products_watched<R: std::io::Read + Send + 'static>(
        &self,
        source: R,
        progress: impl Fn(u64) + Send,
    ) -> Result<ImportedProducts, ProductImportFault> {
        self.use_cases().import_products(source, StepBack::Refused, progress).await
    }

    /// Serves this table as the catalogue of device groups, or tells what would come of it.
    pub async fn import_catalogue(
        &self,
        name: &str,
        text: &str,
        mode: ImportMode,
    ) -> Result<ImportedCatalogue, CatalogueFault> {
        import_catalogue(self.store(), &SystemClock, name, text, mode).await
    }

    /// Puts this text in the place of the contracts, or tells what would come of it.
    pub async fn import_contracts(
        &self,
        text: &str,
        mode: ImportMode,
    ) -> Result<ImportedContracts, ContractsFault> {
        import_contracts(
            self.store(),
            self.parts.clock.as_ref(),
            self.space().clone(),
            ("next.json", text),
            mode,
        )
        .await
    }
}
