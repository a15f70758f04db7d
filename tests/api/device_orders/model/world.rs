//! Carries a story out over HTTP, each party in a task of its own, and keeps what the answers said.

use super::checks;
use super::facts::{Issued, Money, TakeUpFacts, Terms};
use super::story::{
    Goods, Officiating, PATIENTS, Prescribing, SHOPS, Season, Story, Supplying, Wanted, Which,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use domain::values::{Grosze, Pieces, YearMonth};
use futures_util::future::{join, join_all};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use testkit::{
    DEVICE_ORDERS, DeviceOrder, Kind, LOOK_UPS, PRESCRIBER, Response, Session, TestApp, absorbents,
    for_patient, pesel, with,
};

const OFFICER: &str = "nfz-officer";
/// Borne by the amount of a month.
const BAGS: &str = "W.01.01.I";
const ISSUERS: [(&str, Kind); super::story::ISSUERS] =
    [(PRESCRIBER, Kind::Qualified), ("medical-assistant", Kind::Zus)];

pub(super) struct World {
    pub(super) app: TestApp,
    pub(super) shops: Vec<Session>,
    /// The month in which all began.
    pub(super) first: YearMonth,
    pub(super) orders: Mutex<Vec<Arc<Ordered>>>,
    pub(super) taken: Mutex<Vec<Arc<Taken>>>,
    /// What the months came to that have ended, by shop.
    pub(super) closed: Mutex<BTreeMap<(usize, YearMonth), Money>>,
    stories: AtomicU32,
    answers: Mutex<BTreeMap<u16, usize>>,
}

pub(super) struct Ordered {
    pub(super) order: DeviceOrder,
    /// Which shops may read it.
    opened: Mutex<BTreeSet<usize>>,
}

pub(super) struct Taken {
    pub(super) of: Arc<Ordered>,
    pub(super) shop: usize,
    pub(super) id: String,
    /// Unknown while the payer looks at it.
    pub(super) facts: Mutex<Option<TakeUpFacts>>,
}

impl Taken {
    fn path(&self, action: &str) -> String {
        self.of.order.path_of(&format!("take-ups/{}/{action}", self.id))
    }

    fn note(&self, told: impl FnOnce(&mut TakeUpFacts)) {
        if let Some(facts) = self.facts.lock().unwrap().as_mut() {
            told(facts);
        }
    }
}

fn reason() -> Value {
    json!({ "reason": "Tak się zdarzyło." })
}

impl World {
    pub(super) async fn of(app: &TestApp) -> Self {
        Self {
            app: app.clone(),
            shops: app.more_providers(SHOPS.try_into().unwrap()).await,
            first: YearMonth::of(app.today()),
            orders: Mutex::default(),
            taken: Mutex::default(),
            closed: Mutex::default(),
            stories: AtomicU32::default(),
            answers: Mutex::default(),
        }
    }

    /// How many answers of each status there were, once all has come to its end.
    pub(super) async fn end(&self) {
        checks::ended_months_stay(self).await;
        let taken = self.taken.lock().unwrap();
        let told = taken.iter().filter_map(|it| it.facts.lock().unwrap().clone());
        let (issued, money) = told.fold((0, Money::default()), |(issued, money), facts| {
            (issued + facts.issues(), money.plus(facts.due()))
        });
        let answers = self.answers.lock().unwrap();
        let (backend, count) = (self.app.backend(), taken.len());
        eprintln!(
            "{backend:?}: {count} take-ups, {issued} issues, {money:?} in the end, answers {answers:?}"
        );
        assert!(count > 0, "a world in which nothing happens proves nothing");
    }

    pub(super) async fn play(&self, story: &Story) {
        let number = self.stories.fetch_add(1, Ordering::Relaxed);
        self.orders.lock().unwrap().clear();
        for wanted in &story.orders {
            self.prescribe(number, ISSUERS[0], &Prescribing::Issue(wanted.clone())).await;
        }
        for season in &story.seasons {
            self.play_season(number, season).await;
            self.come_to_rest().await;
            checks::everything_agrees(self).await;
            self.app.advance_days(season.days);
            self.app.complete_deadlines().await;
            self.app.fire_due("worker").await;
            checks::everything_agrees(self).await;
        }
    }

    async fn play_season(&self, story: u32, season: &Season) {
        let issuers = ISSUERS.into_iter().zip(&season.prescribing);
        let prescribing = join_all(issuers.map(|(issuer, things)| async move {
            for thing in things {
                self.prescribe(story, issuer, thing).await;
            }
        }));
        let supplying = join_all(season.supplying.iter().enumerate().map(|(shop, things)| async move {
            for thing in things {
                self.supply(shop, thing).await;
            }
        }));
        let officiating = async {
            for thing in &season.officiating {
                self.officiate(thing).await;
            }
        };
        join(join(prescribing, supplying), officiating).await;
    }

    /// Whether it was done; if not, by a refusal that says why.
    fn is_done(&self, answer: &Response) -> bool {
        *self.answers.lock().unwrap().entry(answer.status).or_default() += 1;
        if answer.status < 300 {
            return true;
        }
        let code = answer.code();
        let others = ["request.not_found", "request.stale", "request.several_faults"];
        let is_told = code.starts_with("device_order.") || others.contains(&code.as_str());
        assert!((400..500).contains(&answer.status) && is_told, "{}", answer.text());
        false
    }

    fn order(&self, which: Which) -> Option<Arc<Ordered>> {
        let orders = self.orders.lock().unwrap();
        orders.get(usize::from(which) % orders.len().max(1)).cloned()
    }

    /// A take-up of an order of this story that the payer has looked at; of this shop, where one is named.
    fn take_up(&self, which: Which, shop: Option<usize>) -> Option<Arc<Taken>> {
        let orders = self.orders.lock().unwrap();
        let taken = self.taken.lock().unwrap();
        let is_here = |it: &&Arc<Taken>| {
            let is_of_the_story = orders.iter().any(|order| Arc::ptr_eq(order, &it.of));
            shop.is_none_or(|shop| it.shop == shop) && is_of_the_story && it.facts.lock().unwrap().is_some()
        };
        let own: Vec<&Arc<Taken>> = taken.iter().filter(is_here).collect();
        own.get(usize::from(which) % own.len().max(1)).map(|it| Arc::clone(it))
    }

    fn content(&self, story: u32, wanted: &Wanted) -> Value {
        let patient = pesel(100 + story * PATIENTS + wanted.patient);
        let from = YearMonth::of(self.app.today()).plus(wanted.later).to_string();
        let content = with(for_patient(absorbents(&self.app), &patient), "/supply/from", json!(from));
        let content = with(content, "/supply/months", json!(wanted.months));
        if !wanted.is_stoma {
            return with(content, "/supply/piecesAMonth", json!(wanted.pieces.to_string()));
        }
        let stoma = json!({ "kind": "ILEOSTOMY", "count": 1 });
        let device = json!({ "kind": "OTHER", "code": BAGS, "stoma": stoma });
        let content =
            with(with(content, "/device", device), "/prescriber/specialties", json!(["chirurg ogólny"]));
        // As of pads, more than the list has is ordered, too.
        with(content, "/supply/piecesAMonth", json!(if wanted.pieces > 90 { "2" } else { "1" }))
    }

    async fn prescribe(&self, story: u32, (who, kind): (&'static str, Kind), thing: &Prescribing) {
        match thing {
            Prescribing::Issue(wanted) => {
                let body = json!({ "content": self.content(story, wanted) });
                let created = self.app.as_persona(who).post(DEVICE_ORDERS, &body).send().await.is(201);
                let order = DeviceOrder::created(&self.app, &created);
                if self.is_done(&order.submit_as(who, kind).await) {
                    self.orders.lock().unwrap().push(Arc::new(Ordered { order, opened: Mutex::default() }));
                }
            }
            Prescribing::Correct(which, wanted) => {
                let Some(it) = self.order(*which) else { return };
                self.correct(&it.order, (who, kind), &self.content(story, wanted)).await;
            }
            Prescribing::Cancel(which) => self.command(*which, who, "cancellation").await,
        }
    }

    async fn correct(&self, order: &DeviceOrder, (who, kind): (&'static str, Kind), content: &Value) {
        if !self.is_done(&order.seen_by(who).await) {
            return;
        }
        let fields = json!({ "content": content });
        let session = self.app.as_persona(who);
        let document = session.look(&order.path_of("correction/document"), &fields).await;
        if self.is_done(&document) {
            let bytes = URL_SAFE_NO_PAD.decode(document.text_at("/payload")).unwrap();
            let body = with(fields, "/signature", self.app.sign(who, kind, &bytes));
            self.is_done(&order.command(who, "correction", &body).await);
        }
    }

    async fn command(&self, which: Which, who: &'static str, action: &str) {
        let Some(it) = self.order(which) else { return };
        if self.is_done(&it.order.seen_by(who).await) {
            self.is_done(&it.order.command(who, action, &reason()).await);
        }
    }

    async fn officiate(&self, thing: &Officiating) {
        let officer = self.app.as_persona(OFFICER);
        match thing {
            Officiating::Accept(which) => self.command(*which, OFFICER, "acceptance").await,
            Officiating::Cancel(which) => self.command(*which, OFFICER, "cancellation").await,
            Officiating::Release(which) => self.give_back(&officer, self.take_up(*which, None)).await,
            Officiating::TakeBack(which) => self.take_back(&officer, self.take_up(*which, None)).await,
        }
    }

    async fn supply(&self, shop: usize, thing: &Supplying) {
        let session = &self.shops[shop];
        let own = |which| self.take_up(which, Some(shop));
        match thing {
            Supplying::TakeUp { order, later, months } => self.ask_for(shop, *order, *later, *months).await,
            Supplying::GiveBack(which) => self.give_back(session, own(*which)).await,
            Supplying::Issue(which, goods) => self.issue(session, own(*which), goods).await,
            Supplying::TakeBack(which) => self.take_back(session, own(*which)).await,
            Supplying::Receive(which) => {
                let Some(it) = own(*which) else { return };
                let body = json!({ "receivedOn": self.app.today(), "by": { "kind": "PATIENT" } });
                self.is_done(&session.post(&it.path("receipt"), &body).send().await);
            }
        }
    }

    async fn ask_for(&self, shop: usize, which: Which, later: u32, count: u32) {
        let Some(it) = self.order(which) else { return };
        if !self.has_opened(shop, &it).await {
            return;
        }
        let body = json!({ "months": testkit::months(&self.app, later, count), "place": "M-1" });
        let answer = it.order.take_up(&self.shops[shop], &body).await;
        if self.is_done(&answer) && answer.at("/state") != "REFUSED" {
            let facts = Mutex::new(facts_of(&answer.json()));
            let taken = Taken { of: it, shop, id: answer.text_at("/id"), facts };
            self.taken.lock().unwrap().push(Arc::new(taken));
        }
    }

    async fn has_opened(&self, shop: usize, it: &Ordered) -> bool {
        if it.opened.lock().unwrap().contains(&shop) {
            return true;
        }
        let data = self.app.as_persona(PRESCRIBER).get(&it.order.path_of("access-data")).await;
        if !self.is_done(&data) {
            return false;
        }
        let pair = json!({ "number": data.at("/number"), "code": data.at("/access/code") });
        let opened = self.is_done(&self.shops[shop].look(LOOK_UPS, &pair).await);
        if opened {
            it.opened.lock().unwrap().insert(shop);
        }
        opened
    }

    async fn give_back(&self, session: &Session, taken: Option<Arc<Taken>>) {
        let Some(it) = taken else { return };
        if self.is_done(&session.post(&it.path("withdrawal"), &reason()).send().await) {
            it.note(TakeUpFacts::give_back);
        }
    }

    async fn take_back(&self, session: &Session, taken: Option<Arc<Taken>>) {
        let Some(it) = taken else { return };
        if self.is_done(&session.post(&it.path("realisation-withdrawal"), &reason()).send().await) {
            it.note(TakeUpFacts::take_back);
        }
    }

    async fn issue(&self, session: &Session, taken: Option<Arc<Taken>>, goods: &Goods) {
        let Some(it) = taken else { return };
        let Some(facts) = it.facts.lock().unwrap().clone() else { return };
        let day = self.app.today() - TimeDelta::days(goods.days_ago);
        let first = YearMonth::of(day);
        let most = facts.most_pieces(first);
        let pieces = (most * i64::from(goods.part) / 100).max(1);
        let issued = Issued { pieces, price: goods.price, first };
        let (code, tier) = if facts.terms.is_of_a_month { (BAGS, 1) } else { ("Y.06.01", 2) };
        let receipt = json!({ "receivedOn": day, "by": { "kind": "PATIENT" } });
        let body = json!({
            "issuedOn": day, "method": if goods.by_courier { "COURIER" } else { "IN_PERSON" },
            "staff": "Renata Przykładowa",
            "items": [{ "code": code, "tier": tier, "products": [{
                "product": "900000000009", "maker": "Wytwórnia Przykładowa", "model": "Próbka", "name": "Wyrób próbny",
                "pieces": pieces, "price": Grosze::new(goods.price).unwrap().to_string(),
            }] }],
        });
        let body = if goods.by_courier { body } else { with(body, "/receipt", receipt) };
        let answer = session.post(&it.path("realisation"), &body).send().await;
        if self.is_done(&answer) {
            // Of what is borne by the month pieces are not counted.
            let is_within = pieces <= most || facts.terms.is_of_a_month;
            assert!(is_within, "{pieces} of {most}: {}", answer.text());
            assert_eq!(checks::money_at(&answer.json(), "/realisation/total"), facts.money(issued));
            it.note(|facts| facts.issue(issued));
        }
    }

    /// What was begun and not finished is finished, as by a worker.
    async fn come_to_rest(&self) {
        for table in ["device_orders", "take_ups"] {
            let begun = "SET verify_at = '2020-01-01 00:00:00' WHERE verify_at IS NOT NULL";
            self.app.execute(&format!("UPDATE {table} {begun}"));
        }
        self.app.finish_verifications().await;
        let waiting: Vec<Arc<Taken>> = {
            let taken = self.taken.lock().unwrap();
            taken.iter().filter(|it| it.facts.lock().unwrap().is_none()).cloned().collect()
        };
        for it in waiting {
            let seen = it.of.order.seen_by(PRESCRIBER).await.is(200).at("/takeUps");
            let own = seen.as_array().into_iter().flatten().find(|take_up| take_up["id"] == it.id.as_str());
            let own = own.expect("what was begun is there").clone();
            *it.facts.lock().unwrap() = facts_of(&own);
            if own["state"] == "REFUSED" {
                self.taken.lock().unwrap().retain(|other| other.id != it.id);
            }
        }
    }
}

/// What a take-up is said to be; nothing while the payer looks at it, or where it was refused.
fn facts_of(take_up: &Value) -> Option<TakeUpFacts> {
    let line = take_up.pointer("/lines/0")?;
    let text = |member: &str| line[member].as_str().unwrap_or_default();
    let terms = Terms {
        limit: Grosze::parse(text("limit")).unwrap().get(),
        is_of_a_month: text("limitKind") == "FOR_QUANTITY",
        share: line["refundPercent"].as_i64().unwrap(),
        pieces: Pieces::parse(text("pieces")).unwrap().times(1),
    };
    let from = YearMonth::parse(take_up.pointer("/months/from")?.as_str()?).unwrap();
    let count = u32::try_from(take_up.pointer("/months/count")?.as_u64()?).unwrap();
    Some(TakeUpFacts::new((0..count).map(|later| from.plus(later)).collect(), terms))
}
