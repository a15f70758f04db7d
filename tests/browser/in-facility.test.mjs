// A case for use in a facility, played by hand from draft to realisation: one tester, every role, only Swagger UI.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowser, picture, url } from "./browser.mjs";
import { Tester, scenario } from "./case.mjs";
import { SwaggerUi } from "./swagger.mjs";

// One day of the calendar in Warsaw, so many months from now.
function day(months = 0) {
  const date = new Date();
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toLocaleDateString("sv-SE", { timeZone: "Europe/Warsaw" });
}

test("a stock of an antidote goes from the hospital's draft to the ward, by hand", { timeout: 600_000 }, async (t) => {
  const { page, heard } = await openBrowser(t);
  const tester = new Tester(await SwaggerUi.open(page, url), picture);
  const known = (await tester.call("GET /sandbox/personas", { show: "personas" })).body;
  const { content, consultant, fieldOfMedicine, ...plan } = scenario(
    "physostigmine-antidote-stock",
    known,
    "hospital-physician",
  );
  const hospital = known.organisations.find((one) => one.key === "hospital");
  let id;
  let etag;
  let demand;

  // What follows needs what went before: the first part that fails ends the case.
  let broken = false;
  const part = async (name, play) => {
    await t.test(name, { skip: broken && "the case stopped before" }, async () => {
      broken = true;
      await play();
      broken = false;
    });
  };
  const took = (answer, state) => {
    demand = answer.body;
    etag = answer.headers.etag;
    assert.equal(demand.state, state);
  };
  const read = async (show) => took(await tester.call("GET /medicine-demands/{id}", { parameters: { id }, show }), demand.state);
  const step = async (name, { body, state, status, show, precondition = true }) => {
    const parameters = { id, ...(precondition ? { "If-Match": etag } : {}) };
    took(await tester.call(`POST /medicine-demands/{id}/${name}`, { parameters, body, status, show }), state);
  };

  await part("the physician drafts and tries it out without writing", async () => {
    await tester.become("hospital-physician", "1-physician");
    const dry = await tester.call("POST /medicine-demands/validations", { body: { content }, show: "1-physician-validation" });
    assert.deepEqual([dry.body.valid, dry.body.problems], [true, []]);
    const created = await tester.call("POST /medicine-demands", { body: { content }, status: 201, show: "1-physician-draft" });
    id = created.body.id;
    took(created, "DRAFT");
    assert.match(demand.number, /^ZPL-\d{4}-[0-9A-Z]{8}-[0-9A-Z]$/);
  });

  await part("signs and submits: it waits for the representative", async () => {
    const { body } = await tester.call("GET /consultants", { parameters: { field: fieldOfMedicine } });
    assert.ok(body.items.some((one) => one.id === consultant.personId));
    const own = { consultantId: consultant.personId, field: fieldOfMedicine };
    took(await tester.sign("submission", { id, etag, own, show: "1-physician-submission" }), "AWAITING_REPRESENTATIVE");
    assert.ok(demand.clocks.length > 0);
  });

  await part("the representative co-signs: it waits for the consultant", async () => {
    await tester.become("director");
    took(await tester.sign("representative-approval", { id, etag, show: "2-representative" }), "AWAITING_CONSULTANT");
  });

  await part("the consultant confirms: it is with the minister", async () => {
    await tester.become(consultant.key);
    const own = { verdict: "CONFIRMED", justification: "Odtrutka bez odpowiednika w obrocie krajowym." };
    took(await tester.sign("opinion", { id, etag, own, show: "3-consultant" }), "WITH_MINISTER");
  });

  await part("an officer takes the case and prepares the resolution", async () => {
    await tester.become("preparer");
    await step("assignment", { body: {}, state: "WITH_MINISTER" });
    await step("resolution-draft", {
      body: { outcome: plan.expects, approvedQuantity: plan.approvedQuantity },
      state: "RESOLUTION_PREPARED",
      show: "4-preparer",
    });
  });

  await part("another officer signs the very draft: it is approved", async () => {
    await tester.become("decider");
    await read("5-decider-reads");
    const own = { draftSha256: demand.ministryFile.draft.sha256 };
    took(await tester.sign("resolution", { id, etag, own, show: "5-decider" }), "APPROVED");
    assert.deepEqual(demand.ruling.approvedQuantity, plan.approvedQuantity);
  });

  await part("anyone checks it with two numbers and no account", async () => {
    const body = {
      kind: "IN_FACILITY",
      demandNumber: demand.number,
      resolutionNumber: demand.ruling.resolutionNumber,
      rpwdlNumber: hospital.rpwdlNumber,
    };
    const checked = await tester.call("POST /public/checks", { body, show: "6-public-check" });
    assert.equal(checked.body.state, "APPROVED");
    const verified = await tester.call("POST /public/decision-verifications", {
      body: { token: checked.body.token },
      show: "6-public-verification",
    });
    assert.deepEqual([verified.body.state, verified.body.withdrawn], ["APPROVED", false]);
    assert.equal(verified.body.decision.number, demand.number);
  });

  await part("the hospital's own pharmacy reads it without numbers and hands it to a wholesaler", async () => {
    await tester.become("hospital-pharmacist");
    await read();
    assert.equal(demand.content.diagnosis, undefined);
    const { body } = await tester.call("GET /wholesalers");
    const wholesaler = body.items.find((one) => one.name.includes("Testpol"));
    await step("handover", { body: { wholesalerId: wholesaler.id }, state: "WITH_WHOLESALER", show: "7-pharmacy-handover" });
  });

  const entry = ({ batch, expiresInMonths, packs, packSize, sourceCountry }) => ({
    batch,
    expiresOn: day(expiresInMonths),
    packs,
    packSize,
    sourceCountry,
    doneOn: day(),
  });

  await part("the wholesaler pulls it and records what was brought in", async () => {
    await tester.become("wholesaler");
    // The sequencer numbers what was committed at most a second later.
    const pulled = await patiently(async () => {
      const feed = await tester.call("GET /supply/demands", { parameters: { after: "0" }, show: "8-wholesaler-feed" });
      return feed.body.items.find((one) => one.demandId === id);
    });
    assert.equal(pulled.demand.content.patients, undefined);
    for (const imported of plan.realisations.imported) {
      await step("realisations", {
        body: { kind: "IMPORTED", ...entry(imported) },
        status: 201,
        state: "WITH_WHOLESALER",
        precondition: false,
        show: "8-wholesaler-import",
      });
    }
  });

  await part("the pharmacy dispenses and closes: it is realised", async () => {
    await tester.become("hospital-pharmacist");
    const dispensed = plan.realisations.dispensed.map((one) => ({
      ...plan.realisations.imported.find((imported) => imported.batch === one.batch),
      ...one,
    }));
    for (const [index, one] of dispensed.entries()) {
      const last = index === dispensed.length - 1;
      await step("realisations", {
        body: { kind: "DISPENSED", ...entry(one), final: last },
        status: 201,
        state: last ? "REALISED" : "WITH_WHOLESALER",
        precondition: false,
        show: "9-pharmacy-dispenses",
      });
    }
  });

  await part("the physician sees the whole way and the print", async () => {
    await tester.become("hospital-physician");
    const { body } = await tester.call("GET /medicine-demands/{id}/history", { parameters: { id }, show: "10-history" });
    assert.equal(body.items.at(-1).state, "REALISED");
    const print = await tester.call("GET /medicine-demands/{id}/print", { parameters: { id }, show: "10-print" });
    assert.match(print.headers["content-type"], /^application\/pdf/);
    const actions = await tester.call("GET /medicine-demands/{id}/actions", { parameters: { id }, show: "10-actions" });
    assert.equal(actions.body.state, "REALISED");
  });

  assert.deepEqual(heard, { complaints: [], outside: [] });
});

async function patiently(look) {
  for (let tries = 0; tries < 20; tries += 1) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error("it does not come");
}
