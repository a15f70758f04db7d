//! The tables of both databases; a test compares this with what the migrations make.

use diesel::{allow_tables_to_appear_in_same_query, joinable, table};

table! {
    audit (id) {
        ordinal -> BigInt,
        id -> Text,
        space -> Text,
        at -> Timestamp,
        client_id -> Text,
        organisation_id -> Nullable<Text>,
        person_system -> Nullable<Text>,
        person_id -> Nullable<Text>,
        role -> Text,
        on_behalf_of -> Nullable<Text>,
        purpose -> Nullable<Text>,
        action -> Text,
        document_kind -> Nullable<Text>,
        document_id -> Nullable<Text>,
        patient_id -> Nullable<Text>,
        refusal -> Nullable<Text>,
        trace_id -> Nullable<Text>,
        bytes -> Binary,
        digest -> Binary,
        seq -> Nullable<BigInt>,
        chain -> Nullable<Binary>,
    }
}

table! {
    audit_roots (hour) {
        hour -> Timestamp,
        first_seq -> BigInt,
        last_seq -> BigInt,
        root -> Binary,
        signature -> Binary,
    }
}

table! {
    events (id) {
        ordinal -> BigInt,
        id -> Text,
        space -> Text,
        #[sql_name = "type"]
        kind -> Text,
        version -> Integer,
        document_kind -> Text,
        document_id -> Text,
        at -> Timestamp,
        payload -> Jsonb,
        seq -> Nullable<BigInt>,
    }
}

table! {
    event_audience (event_id, audience) {
        event_id -> Text,
        audience -> Text,
        seq -> Nullable<BigInt>,
    }
}

table! {
    idempotency (scope, key) {
        scope -> Text,
        key -> Text,
        fingerprint -> Binary,
        operation -> Text,
        created_at -> Timestamp,
        status -> Nullable<Integer>,
        document_id -> Nullable<Text>,
        wrapped_key -> Nullable<Binary>,
        key_version -> Nullable<Integer>,
        answer -> Nullable<Binary>,
    }
}

table! {
    deadlines (document_id, purpose, kind) {
        document_id -> Text,
        purpose -> Text,
        kind -> Text,
        document_kind -> Text,
        space -> Text,
        started_at -> Timestamp,
        due_at -> Timestamp,
        leased_by -> Nullable<Text>,
        leased_until -> Nullable<Timestamp>,
    }
}

table! {
    heartbeats (name) {
        name -> Text,
        at -> Timestamp,
    }
}

table! {
    leases (name) {
        name -> Text,
        holder -> Text,
        until -> Timestamp,
    }
}

table! {
    patients (id) {
        id -> Text,
        space -> Text,
        blind_index -> Binary,
        created_at -> Timestamp,
    }
}

table! {
    sequences (name) {
        name -> Text,
        last -> BigInt,
        chain -> Binary,
    }
}

table! {
    organisations (id) {
        id -> Text,
        space -> Text,
        kind -> Text,
        name -> Text,
        nip -> Nullable<Text>,
        rpwdl_number -> Nullable<Text>,
        parent_id -> Nullable<Text>,
        email -> Nullable<Text>,
        active -> Bool,
        is_prison -> Bool,
        payer_branch -> Nullable<Text>,
    }
}

table! {
    people (id) {
        id -> Text,
        space -> Text,
        given_names -> Text,
        family_name -> Text,
        pesel_index -> Nullable<Binary>,
        active -> Bool,
        profession -> Nullable<Text>,
        specialties -> Nullable<Jsonb>,
    }
}

table! {
    person_ids (space, id_system, id_value) {
        space -> Text,
        id_system -> Text,
        id_value -> Text,
        person_id -> Text,
    }
}

table! {
    person_roles (person_id, role, organisation_id) {
        person_id -> Text,
        role -> Text,
        organisation_id -> Text,
        position -> Text,
    }
}

table! {
    consultants (person_id, field) {
        person_id -> Text,
        space -> Text,
        field -> Text,
        kind -> Text,
        npwz -> Text,
        qualifications -> Text,
        active -> Bool,
    }
}

table! {
    consultant_absences (id) {
        id -> Text,
        space -> Text,
        person_id -> Text,
        field -> Text,
        first_day -> Date,
        last_day -> Date,
        substitute_id -> Nullable<Text>,
        is_ended -> Bool,
    }
}

table! {
    demands (id) {
        id -> Text,
        space -> Text,
        kind -> Text,
        number -> Text,
        state -> Text,
        in_facility -> Bool,
        ground -> Text,
        revision -> BigInt,
        entity_id -> Text,
        physician_npwz -> Text,
        consultant_npwz -> Nullable<Text>,
        consultant_post -> Nullable<Text>,
        assigned_person -> Nullable<Text>,
        asked -> Nullable<Text>,
        wholesaler_id -> Nullable<Text>,
        pharmacy_id -> Nullable<Text>,
        resolution_number -> Nullable<Text>,
        rpwdl_number -> Nullable<Text>,
        client_id -> Text,
        client_reference -> Nullable<Text>,
        is_open -> Bool,
        is_issued -> Bool,
        is_examined -> Bool,
        is_approved -> Bool,
        due_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        changed_at -> Timestamp,
        summary -> Jsonb,
        key_version -> Integer,
        wrapped_key -> Binary,
        sealed -> Binary,
    }
}

table! {
    demand_patients (demand_id, line) {
        demand_id -> Text,
        line -> Integer,
        patient_id -> Text,
        sealed -> Binary,
    }
}

table! {
    treated_patients (id) {
        id -> Text,
        demand_id -> Text,
        patient_id -> Text,
        recorded_at -> Timestamp,
        sealed -> Binary,
        taken_back_at -> Nullable<Timestamp>,
        taken_back -> Nullable<Binary>,
        line -> Integer,
    }
}

table! {
    demand_grants (demand_id, organisation_id) {
        demand_id -> Text,
        organisation_id -> Text,
        granted_at -> Timestamp,
    }
}

table! {
    realisations (id) {
        id -> Text,
        demand_id -> Nullable<Text>,
        space -> Text,
        kind -> Text,
        batch -> Text,
        recorded_by -> Text,
        recorded_at -> Timestamp,
        reversed_at -> Nullable<Timestamp>,
        entry -> Jsonb,
        authorisation_id -> Nullable<Text>,
    }
}

table! {
    temporary_authorisations (id) {
        id -> Text,
        space -> Text,
        number -> Text,
        state -> Text,
        revision -> BigInt,
        wholesaler_id -> Text,
        adds_to -> Nullable<Text>,
        assigned_person -> Nullable<Text>,
        asked -> Nullable<Text>,
        resolution_number -> Nullable<Text>,
        client_id -> Text,
        client_reference -> Nullable<Text>,
        is_open -> Bool,
        is_submitted -> Bool,
        is_examined -> Bool,
        is_consented -> Bool,
        due_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        changed_at -> Timestamp,
        summary -> Jsonb,
        key_version -> Integer,
        wrapped_key -> Binary,
        sealed -> Binary,
    }
}

table! {
    temporary_authorisation_grants (authorisation_id, organisation_id) {
        authorisation_id -> Text,
        organisation_id -> Text,
        granted_at -> Timestamp,
    }
}

table! {
    signatures (id) {
        id -> Text,
        document_id -> Text,
        step -> Text,
        content_version -> Integer,
        kind -> Text,
        level -> Text,
        person_id -> Text,
        certificate_sha256 -> Binary,
        payload_sha256 -> Binary,
        received_at -> Timestamp,
        sealed -> Binary,
    }
}

table! {
    revocation_lists (sha256) {
        sha256 -> Binary,
        der -> Binary,
    }
}

table! {
    product_editions (id) {
        id -> Text,
        state -> Text,
        as_of -> Date,
        started_at -> Timestamp,
        current_since -> Nullable<Timestamp>,
        products -> BigInt,
    }
}

table! {
    medicinal_products (edition_id, register_id) {
        edition_id -> Text,
        register_id -> BigInt,
        name -> Text,
        substances_key -> Text,
        strength_key -> Text,
        form_key -> Text,
        details -> Jsonb,
    }
}

table! {
    medicinal_product_terms (edition_id, kind, term, register_id) {
        edition_id -> Text,
        kind -> Text,
        term -> Text,
        register_id -> BigInt,
    }
}

table! {
    outages (id) {
        id -> Text,
        space -> Text,
        revision -> BigInt,
        begins_at -> Timestamp,
        ends_at -> Nullable<Timestamp>,
        reason -> Text,
        grace_days -> Nullable<Integer>,
        holds_after -> Timestamp,
        holds_through -> Nullable<Timestamp>,
        holds_until -> Nullable<Timestamp>,
        recorded_at -> Timestamp,
        released_at -> Nullable<Timestamp>,
    }
}

table! {
    pending_steps (document_id) {
        document_id -> Text,
        document_kind -> Text,
        space -> Text,
        received_at -> Timestamp,
        next_try_at -> Timestamp,
        tries -> Integer,
        failures -> Integer,
        failing_since -> Nullable<Timestamp>,
        away_since -> Nullable<Timestamp>,
        leased_by -> Nullable<Text>,
        leased_until -> Nullable<Timestamp>,
        sealed -> Binary,
    }
}

table! {
    messages (id) {
        id -> Text,
        demand_id -> Nullable<Text>,
        sent_at -> Timestamp,
        organisation_id -> Nullable<Text>,
        sealed -> Binary,
        authorisation_id -> Nullable<Text>,
    }
}

table! {
    correspondence_readers (item_id, party) {
        item_id -> Text,
        party -> Text,
        only_id -> Nullable<Text>,
        is_sender -> Bool,
    }
}

table! {
    message_reads (message_id, reader) {
        message_id -> Text,
        reader -> Text,
        party -> Text,
        organisation_id -> Nullable<Text>,
        read_at -> Timestamp,
    }
}

table! {
    attachments (id) {
        id -> Text,
        demand_id -> Nullable<Text>,
        added_at -> Timestamp,
        organisation_id -> Nullable<Text>,
        media_type -> Text,
        size -> BigInt,
        sealed -> Binary,
        authorisation_id -> Nullable<Text>,
    }
}

table! {
    attachment_uploads (object_name) {
        object_name -> Text,
        started_at -> Timestamp,
        given_up_at -> Nullable<Timestamp>,
    }
}

table! {
    paper_entries (demand_id) {
        demand_id -> Text,
        space -> Text,
        scan_index -> Binary,
        paper_index -> Binary,
    }
}

table! {
    paper_scans (document_id) {
        document_id -> Text,
        space -> Text,
        scan_index -> Binary,
    }
}

table! {
    released_papers (document_id) {
        document_id -> Text,
        document_kind -> Text,
        space -> Text,
        scan_index -> Binary,
        paper_index -> Binary,
        released_at -> Timestamp,
    }
}

table! {
    paper_versions (demand_id, content_version) {
        demand_id -> Text,
        content_version -> Integer,
        entered_at -> Timestamp,
        sealed -> Binary,
    }
}

table! {
    device_group_editions (id) {
        id -> Text,
        state -> Text,
        name -> Text,
        digest -> Text,
        imported_at -> Timestamp,
        versions -> Integer,
    }
}

table! {
    device_groups (edition_id, code, valid_from) {
        edition_id -> Text,
        code -> Text,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
        supply -> Text,
        details -> Jsonb,
    }
}

table! {
    device_group_figures (id) {
        id -> Text,
        space -> Text,
        code -> Text,
        number -> Integer,
        tier -> Integer,
        holds_from -> Date,
        entered_at -> Timestamp,
        person_id -> Text,
        organisation_id -> Text,
        details -> Jsonb,
    }
}

table! {
    paper_orders (order_id) {
        order_id -> Text,
        space -> Text,
        scan_index -> Binary,
        paper_index -> Binary,
    }
}

table! {
    paper_order_versions (order_id, content_version) {
        order_id -> Text,
        content_version -> Integer,
        entered_at -> Timestamp,
        sealed -> Binary,
    }
}

table! {
    paper_order_scans (order_id) {
        order_id -> Text,
        object_name -> Text,
        added_at -> Timestamp,
        media_type -> Text,
        size -> BigInt,
    }
}

table! {
    paper_notifications (authorisation_id) {
        authorisation_id -> Text,
        space -> Text,
        scan_index -> Binary,
        paper_index -> Binary,
    }
}

table! {
    paper_notification_versions (authorisation_id, content_version) {
        authorisation_id -> Text,
        content_version -> Integer,
        entered_at -> Timestamp,
        sealed -> Binary,
    }
}

table! {
    device_orders (id) {
        id -> Text,
        space -> Text,
        number -> Nullable<Text>,
        state -> Text,
        revision -> BigInt,
        content_version -> Integer,
        entity_id -> Text,
        prescriber_licence -> Text,
        prescriber -> Nullable<Text>,
        patient_id -> Text,
        client_id -> Text,
        client_reference -> Nullable<Text>,
        is_open -> Bool,
        is_registered -> Bool,
        access_index -> Nullable<Binary>,
        due_at -> Nullable<Timestamp>,
        verify_at -> Nullable<Timestamp>,
        verify_tries -> Integer,
        created_at -> Timestamp,
        changed_at -> Timestamp,
        summary -> Jsonb,
        key_version -> Integer,
        wrapped_key -> Binary,
        sealed -> Binary,
        sealed_patient -> Binary,
    }
}

table! {
    device_repair_orders (id) {
        id -> Text,
        space -> Text,
        number -> Nullable<Text>,
        state -> Text,
        revision -> BigInt,
        content_version -> Integer,
        entity_id -> Text,
        prescriber -> Nullable<Text>,
        patient_id -> Text,
        client_id -> Text,
        client_reference -> Nullable<Text>,
        is_open -> Bool,
        is_registered -> Bool,
        provider_id -> Nullable<Text>,
        due_at -> Nullable<Timestamp>,
        verify_at -> Nullable<Timestamp>,
        verify_tries -> Integer,
        created_at -> Timestamp,
        changed_at -> Timestamp,
        summary -> Jsonb,
        key_version -> Integer,
        wrapped_key -> Binary,
        sealed -> Binary,
        sealed_patient -> Binary,
    }
}

table! {
    device_repair_order_grants (order_id, organisation_id) {
        order_id -> Text,
        organisation_id -> Text,
        granted_at -> Timestamp,
    }
}

table! {
    device_repair_order_openings (order_id, person_id) {
        order_id -> Text,
        person_id -> Text,
        open_until -> Timestamp,
    }
}

table! {
    device_order_numbers (number) {
        number -> Text,
        document_kind -> Text,
        document_id -> Text,
    }
}

table! {
    take_ups (id) {
        id -> Text,
        order_id -> Text,
        space -> Text,
        provider_id -> Text,
        state -> Text,
        first_month -> Nullable<Text>,
        months -> Nullable<Integer>,
        taken_at -> Timestamp,
        held_until -> Date,
        verify_at -> Nullable<Timestamp>,
        verify_tries -> Integer,
        holder_id -> Nullable<Text>,
        provider_name -> Nullable<Text>,
        place -> Nullable<Text>,
    }
}

table! {
    settlement_entries (id) {
        id -> Text,
        space -> Text,
        month -> Text,
        kind -> Text,
        entered_at -> Timestamp,
        provider_id -> Text,
        contract -> Text,
        holder_id -> Nullable<Text>,
        order_id -> Text,
        order_number -> Text,
        take_up_id -> Text,
        code -> Text,
        tier -> Integer,
        side -> Nullable<Text>,
        limit_amount -> BigInt,
        limit_kind -> Text,
        share -> Integer,
        entitlement -> Nullable<Text>,
        issued_in -> Text,
        pieces -> BigInt,
        price -> BigInt,
        refund -> BigInt,
        copay -> BigInt,
        provider_name -> Nullable<Text>,
        place -> Nullable<Text>,
        document_kind -> Text,
    }
}

table! {
    device_order_grants (order_id, organisation_id) {
        order_id -> Text,
        organisation_id -> Text,
        granted_at -> Timestamp,
    }
}

table! {
    device_order_openings (order_id, person_id) {
        order_id -> Text,
        person_id -> Text,
        open_until -> Timestamp,
    }
}

table! {
    patient_consents (patient_id) {
        patient_id -> Text,
        revision -> BigInt,
        changed_at -> Timestamp,
        key_version -> Integer,
        wrapped_key -> Binary,
        sealed -> Binary,
    }
}

table! {
    look_up_tries (counted) {
        counted -> Binary,
        space -> Text,
        kind -> Text,
        failed -> Integer,
        last_at -> Timestamp,
        not_before -> Nullable<Timestamp>,
    }
}

table! {
    device_order_periods (order_id, month) {
        order_id -> Text,
        month -> Text,
        take_up_id -> Text,
        state -> Text,
    }
}

table! {
    authorised_assistants (assistant_id, prescriber_id) {
        assistant_id -> Text,
        prescriber_id -> Text,
        first_day -> Date,
        last_day -> Date,
    }
}

table! {
    device_contract_files (id) {
        id -> Text,
        space -> Text,
        state -> Text,
        name -> Text,
        digest -> Text,
        imported_at -> Timestamp,
        branches -> Jsonb,
    }
}

table! {
    device_contracts (file_id, number) {
        file_id -> Text,
        number -> Text,
        branch -> Text,
        details -> Jsonb,
    }
}

table! {
    device_contract_covers (file_id, number, covers) {
        file_id -> Text,
        number -> Text,
        covers -> Text,
    }
}

table! {
    device_contract_places (file_id, number, position) {
        file_id -> Text,
        number -> Text,
        position -> Integer,
        organisation_id -> Text,
        valid_from -> Date,
        valid_to -> Date,
        city -> Text,
    }
}

table! {
    provider_product_lists (organisation_id, contract) {
        organisation_id -> Text,
        contract -> Text,
        space -> Text,
        revision -> BigInt,
    }
}

table! {
    provider_products (id) {
        id -> Text,
        space -> Text,
        organisation_id -> Text,
        contract -> Text,
        number -> Text,
        revision -> BigInt,
    }
}

table! {
    provider_product_entries (product_id, number) {
        product_id -> Text,
        number -> Integer,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
        is_replaced -> Bool,
        code -> Nullable<Text>,
        price -> Nullable<BigInt>,
        details -> Nullable<Jsonb>,
        entered_at -> Timestamp,
        person_id -> Text,
    }
}

joinable!(consultants -> people (person_id));
joinable!(demand_patients -> demands (demand_id));
joinable!(event_audience -> events (event_id));
allow_tables_to_appear_in_same_query!(events, event_audience);
allow_tables_to_appear_in_same_query!(
    authorised_assistants,
    consultants,
    consultant_absences,
    people,
    person_ids,
    person_roles,
    organisations
);
allow_tables_to_appear_in_same_query!(
    demands,
    demand_patients,
    treated_patients,
    demand_grants,
    deadlines,
    outages,
    pending_steps,
    temporary_authorisations
);
allow_tables_to_appear_in_same_query!(messages, message_reads, correspondence_readers);
allow_tables_to_appear_in_same_query!(demand_grants, organisations);
allow_tables_to_appear_in_same_query!(attachments, correspondence_readers);
allow_tables_to_appear_in_same_query!(temporary_authorisations, temporary_authorisation_grants);
allow_tables_to_appear_in_same_query!(medicinal_products, medicinal_product_terms);
allow_tables_to_appear_in_same_query!(device_orders, take_ups, device_order_periods);
joinable!(provider_product_entries -> provider_products (product_id));
allow_tables_to_appear_in_same_query!(
    device_contracts,
    device_contract_covers,
    device_contract_places,
    organisations
);
allow_tables_to_appear_in_same_query!(provider_products, provider_product_entries);
