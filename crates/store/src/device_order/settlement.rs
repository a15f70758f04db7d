//! The ledger of what is due from the payer: entries are only added, and the database keeps anybody from changing one.

use crate::schema::settlement_entries as rows;
use crate::{StoreError, Tx, on_backend, timestamp};
use chrono::NaiveDateTime;
use diesel::dsl::{max, sql};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use domain::device_order::content::AdditionalCode;
use domain::device_order::model::Side;
use domain::device_order::money::LimitKind;
use domain::device_order::settlement::{Booked, Capacity, Entry, EntryKind, SettledKind, SettledOrder};
use domain::ids::{OrganisationId, SettlementEntryId, SpaceId, TakeUpId};
use domain::values::{DeviceCode, DeviceOrderNumber, Grosze, Text, YearMonth};

const ENTRIES: &str = "settlement_entries";

/// An entry as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettlementEntry {
    pub id: SettlementEntryId,
    pub entry: Entry,
}

/// What some entries come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    pub entries: u64,
    /// In hundredths.
    pub pieces: i64,
    pub price: Booked,
    pub refund: Booked,
    pub copay: Booked,
}

/// Those of one code, supplies and repairs apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeSum {
    pub code: DeviceCode,
    pub kind: SettledKind,
    pub sum: Sum,
}

/// Those of one provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderSum {
    pub provider: OrganisationId,
    pub name: Option<String>,
    pub sum: Sum,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = rows)]
struct EntryRow {
    id: String,
    space: String,
    month: String,
    kind: String,
    entered_at: NaiveDateTime,
    provider_id: String,
    contract: String,
    holder_id: Option<String>,
    order_id: String,
    order_number: String,
    take_up_id: String,
    code: String,
    tier: i32,
    side: Option<String>,
    limit_amount: i64,
    limit_kind: String,
    share: i32,
    entitlement: Option<String>,
    issued_in: String,
    pieces: i64,
    price: i64,
    refund: i64,
    copay: i64,
    provider_name: Option<String>,
    place: Option<String>,
    document_kind: String,
}

/// Adds an entry, in the transaction of what it is booked with.
pub fn book(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    id: SettlementEntryId,
    entry: &Entry,
) -> Result<(), StoreError> {
    let row = EntryRow {
        id: id.to_string(),
        space: space.as_str().to_owned(),
        month: entry.month.to_string(),
        kind: entry.kind.name().to_owned(),
        entered_at: timestamp::column(entry.entered_at),
        provider_id: entry.provider.to_string(),
        contract: entry.contract.as_str().to_owned(),
        holder_id: entry.acts_for.map(|holder| holder.to_string()),
        order_id: entry.order.id().to_string(),
        order_number: entry.order_number.as_str().to_owned(),
        take_up_id: entry.take_up.to_string(),
        code: entry.code.as_str().to_owned(),
        tier: i32::try_from(entry.tier).map_err(|_| StoreError::corrupt(ENTRIES, id))?,
        side: entry.side.map(|side| side.name().to_owned()),
        limit_amount: entry.limit.get(),
        limit_kind: entry.limit_kind.name().to_owned(),
        share: i32::from(entry.share),
        entitlement: entry.entitlement.map(|code| code.name().to_owned()),
        issued_in: entry.issued_in.to_string(),
        pieces: entry.pieces,
        price: entry.price.get(),
        refund: entry.refund.get(),
        copay: entry.copay.get(),
        provider_name: entry.provider_name.as_ref().map(|name| name.as_str().to_owned()),
        place: entry.place.as_ref().map(|place| place.as_str().to_owned()),
        document_kind: entry.order.kind().name().to_owned(),
    };
    on_backend!(tx, |conn| diesel::insert_into(rows::table).values(&row).execute(conn))?;
    Ok(())
}

/// A month of an organisation, as the holder of contracts or as a supplier.
#[derive(Clone, Debug)]
pub struct SettlementMonth {
    pub organisation: OrganisationId,
    pub capacity: Capacity,
    pub month: YearMonth,
}

/// The entries of that month, whatever is selected of them.
macro_rules! of_month {
    ($space:expr, $wanted:expr) => {{
        let own = $wanted.organisation.to_string();
        // Nobody has an empty id.
        let (supplier, holder) = match $wanted.capacity {
            Capacity::Supplier => (own, String::new()),
            Capacity::Holder => (String::new(), own),
        };
        let is_own = rows::holder_id.is_null().and(rows::provider_id.eq(holder.clone()));
        rows::table
            .filter(rows::space.eq($space.as_str()))
            .filter(rows::month.eq($wanted.month.to_string()))
            .filter(rows::provider_id.eq(supplier).or(rows::holder_id.eq(holder)).or(is_own))
    }};
}

/// Up to `limit` entries in the order in which they were made, after one of them.
pub fn list_entries(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    wanted: &SettlementMonth,
    (after, limit): (Option<SettlementEntryId>, i64),
) -> Result<Vec<SettlementEntry>, StoreError> {
    let after = after.map_or_else(String::new, |id| id.to_string());
    let found: Vec<EntryRow> = on_backend!(tx, |conn| of_month!(space, wanted)
        .filter(rows::id.gt(&after))
        .order(rows::id)
        .limit(limit)
        .select(EntryRow::as_select())
        .load(conn))?;
    found.iter().map(read).collect()
}

/// Count, pieces, price, refund and co-pay.
type Summed = (i64, i64, i64, i64, i64);

macro_rules! summed {
    () => {
        (
            sql::<BigInt>("CAST(count(*) AS bigint)"),
            sql::<BigInt>("CAST(sum(pieces) AS bigint)"),
            sql::<BigInt>("CAST(sum(price) AS bigint)"),
            sql::<BigInt>("CAST(sum(refund) AS bigint)"),
            sql::<BigInt>("CAST(sum(copay) AS bigint)"),
        )
    };
}

fn sum((entries, pieces, price, refund, copay): Summed) -> Result<Sum, StoreError> {
    Ok(Sum {
        entries: u64::try_from(entries).map_err(|_| StoreError::corrupt(ENTRIES, "count"))?,
        pieces,
        price: Booked::of(price),
        refund: Booked::of(refund),
        copay: Booked::of(copay),
    })
}

/// What the month comes to, code by code, supplies and repairs apart.
pub fn sum_by_code(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    wanted: &SettlementMonth,
) -> Result<Vec<CodeSum>, StoreError> {
    let found: Vec<(String, String, Summed)> = on_backend!(tx, |conn| of_month!(space, wanted)
        .group_by((rows::code, rows::document_kind))
        .order((rows::code, rows::document_kind))
        .select((rows::code, rows::document_kind, summed!()))
        .load(conn))?;
    let of_code = |(code, document_kind, summed): (String, String, Summed)| {
        let corrupt = || StoreError::corrupt(ENTRIES, &code);
        let (of, kind) =
            (DeviceCode::parse(&code).map_err(|_| corrupt())?, SettledKind::parse(&document_kind));
        Ok(CodeSum { code: of, kind: kind.ok_or_else(corrupt)?, sum: sum(summed)? })
    };
    found.into_iter().map(of_code).collect()
}

/// The same, by who issued; each under one of the names that it had in that month.
pub fn sum_by_provider(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    wanted: &SettlementMonth,
) -> Result<Vec<ProviderSum>, StoreError> {
    let found: Vec<(String, Option<String>, Summed)> = on_backend!(tx, |conn| of_month!(space, wanted)
        .group_by(rows::provider_id)
        .order(rows::provider_id)
        .select((rows::provider_id, max(rows::provider_name), summed!()))
        .load(conn))?;
    let of_provider = |(provider, name, summed): (String, Option<String>, Summed)| {
        let id = OrganisationId::parse(&provider).ok_or_else(|| StoreError::corrupt(ENTRIES, &provider))?;
        Ok(ProviderSum { provider: id, name, sum: sum(summed)? })
    };
    found.into_iter().map(of_provider).collect()
}

fn read(row: &EntryRow) -> Result<SettlementEntry, StoreError> {
    let corrupt = || StoreError::corrupt(ENTRIES, &row.id);
    let month = |text: &str| YearMonth::parse(text).map_err(|_| corrupt());
    let optional = |text: Option<&str>| match text {
        Some(text) => OrganisationId::parse(text).map(Some).ok_or_else(corrupt),
        None => Ok(None),
    };
    let side = row.side.as_deref().map(|name| Side::parse(name).ok_or_else(corrupt)).transpose()?;
    let entitlement = row.entitlement.as_deref();
    let entitlement = entitlement.map(|name| AdditionalCode::parse(name).ok_or_else(corrupt)).transpose()?;
    let name = row.provider_name.as_deref().map(Text::parse).transpose().map_err(|_| corrupt())?;
    let place = row.place.as_deref().map(Text::parse).transpose().map_err(|_| corrupt())?;
    Ok(SettlementEntry {
        id: SettlementEntryId::parse(&row.id).ok_or_else(corrupt)?,
        entry: Entry {
            kind: EntryKind::parse(&row.kind).ok_or_else(corrupt)?,
            month: month(&row.month)?,
            entered_at: timestamp::instant(row.entered_at),
            provider: OrganisationId::parse(&row.provider_id).ok_or_else(corrupt)?,
            provider_name: name,
            place,
            contract: Text::parse(&row.contract).map_err(|_| corrupt())?,
            acts_for: optional(row.holder_id.as_deref())?,
            order: SettledOrder::parse(&row.document_kind, &row.order_id).ok_or_else(corrupt)?,
            order_number: DeviceOrderNumber::parse(&row.order_number).map_err(|_| corrupt())?,
            take_up: TakeUpId::parse(&row.take_up_id).ok_or_else(corrupt)?,
            code: DeviceCode::parse(&row.code).map_err(|_| corrupt())?,
            tier: u32::try_from(row.tier).map_err(|_| corrupt())?,
            side,
            limit: Grosze::new(row.limit_amount).map_err(|_| corrupt())?,
            limit_kind: LimitKind::parse(&row.limit_kind).ok_or_else(corrupt)?,
            share: u8::try_from(row.share).map_err(|_| corrupt())?,
            entitlement,
            issued_in: month(&row.issued_in)?,
            pieces: row.pieces,
            price: Booked::of(row.price),
            refund: Booked::of(row.refund),
            copay: Booked::of(row.copay),
        },
    })
}
