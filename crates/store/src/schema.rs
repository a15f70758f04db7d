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

joinable!(event_audience -> events (event_id));
allow_tables_to_appear_in_same_query!(events, event_audience);
