// A client whose types are generated from the contract, used against the running service: what does not fit the
// contract does not compile, and what the service answers is compared with what the contract promises.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, test } from "node:test";
import createClient from "openapi-fetch";
import type { components, paths } from "./generated/openapi.js";
import type { paths as SandboxPaths } from "./generated/sandbox.js";

type Draft = components["schemas"]["MedicineDemandRequest"];
type Demand = components["schemas"]["MedicineDemand"];
type Problem = components["schemas"]["Problem"];

const baseUrl = process.env.SOID_URL;
assert.ok(baseUrl, "SOID_URL: run through scripts/contract");
const anonymous = createClient<paths>({ baseUrl });
const sandbox = createClient<SandboxPaths>({ baseUrl });

const draft: Draft = {
  clientReference: `contract-${randomUUID()}`,
  content: {
    use: "OUTSIDE_FACILITY",
    entity: {
      name: "Przychodnia Testowa „Wzorzec”",
      nip: "1230011114",
      rpwdlNumber: "000000900002",
      address: { streetLine: "ul. Próbna 7", postalCode: "00-902", city: "Próbowo", country: "PL" },
    },
    physician: { givenNames: "Jan", familyName: "Przykładowy", npwz: "2900100" },
    patients: {
      kind: "NAMED",
      patient: {
        givenNames: "Żaneta",
        familyName: "Testowa",
        identifier: { kind: "PESEL", number: "85051512384" },
        address: { streetLine: "ul. Zmyślona 2/3", postalCode: "61-001", city: "Poznań", country: "PL" },
      },
    },
    product: {
      tradeName: "Biltricide",
      internationalName: "Praziquantelum",
      form: "tabletki powlekane",
      strength: "600 mg",
      marketingAuthorisationHolder: "Bayer Vital GmbH",
    },
    quantity: { amount: "2", unit: "PACK" },
    treatmentDays: 3,
    diagnosis: { icd10: "B65.1", description: "Schistosomoza jelitowa" },
    justification: "W obrocie krajowym nie ma produktu z prazykwantelem dla ludzi.",
    outcomeEmail: { address: "zaneta.testowa@example.org", belongsTo: "PATIENT" },
    extras: { sourceCountry: "DE" },
  },
};

async function actingAs(persona: string) {
  const { data, error } = await sandbox.POST("/api/v1/sandbox/tokens", { body: { persona } });
  assert.ok(data, JSON.stringify(error));
  return createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${data.accessToken}` } });
}

let physician: Awaited<ReturnType<typeof actingAs>>;
before(async () => {
  physician = await actingAs("clinic-physician");
});

async function create(key: string, body: Draft) {
  return await physician.POST("/api/v1/medicine-demands", { params: { header: { "Idempotency-Key": key } }, body });
}

function isProblem(error: Problem | undefined, status: number): asserts error is Problem {
  assert.ok(error);
  assert.equal(error.status, status);
  assert.match(error.type, new RegExp(`${error.code.replaceAll(".", "\\.")}$`));
  assert.match(error.traceId, /^[0-9a-f]{32}$/);
  assert.ok(error.title.length > 0);
}

test("the problem catalogue explains a code", async () => {
  const { data: all } = await anonymous.GET("/api/v1/problems");
  const first = all?.items[0];
  assert.ok(first);
  const { data: one } = await anonymous.GET("/api/v1/problems/{code}", { params: { path: { code: first.code } } });
  assert.deepEqual(one, first);
});

test("a draft is created once however often it is sent, and found until it changes", async () => {
  const key = randomUUID();
  const created = await create(key, draft);
  assert.equal(created.response.status, 201, JSON.stringify(created.error));
  const demand: Demand | undefined = created.data;
  assert.ok(demand);
  assert.equal(demand.state, "DRAFT");
  assert.equal(demand.clientReference, draft.clientReference);
  assert.deepEqual(demand.content, draft.content);
  assert.equal(created.response.headers.get("location"), `/api/v1/medicine-demands/${demand.id}`);

  const again = await create(key, draft);
  assert.equal(again.response.headers.get("idempotency-replayed"), "true");
  assert.deepEqual(again.data, demand);

  const id = { path: { id: demand.id } };
  const found = await physician.GET("/api/v1/medicine-demands/{id}", { params: id });
  assert.deepEqual(found.data, demand);
  const etag = found.response.headers.get("etag");
  assert.ok(etag);
  assert.equal(etag, created.response.headers.get("etag"));
  const unchanged = await physician.GET("/api/v1/medicine-demands/{id}", {
    params: { ...id, header: { "If-None-Match": etag } },
  });
  assert.equal(unchanged.response.status, 304);

  const edited = await physician.PUT("/api/v1/medicine-demands/{id}", {
    params: { ...id, header: { "If-Match": etag } },
    body: { ...draft, content: { ...draft.content, treatmentDays: 6 } },
  });
  assert.equal(edited.data?.content.treatmentDays, 6, JSON.stringify(edited.error));
  const changed = await physician.GET("/api/v1/medicine-demands/{id}", {
    params: { ...id, header: { "If-None-Match": etag } },
  });
  assert.equal(changed.response.status, 200);
  assert.equal(changed.data?.revision, edited.data?.revision);
});

test("a key stands for one request only", async () => {
  const key = randomUUID();
  const bare: Draft = { content: { use: "OUTSIDE_FACILITY" } };
  assert.equal((await create(key, bare)).response.status, 201);
  const other = await create(key, { content: { use: "IN_FACILITY" } });
  isProblem(other.error, 422);
  assert.equal(other.error.code, "request.idempotency_key_reused");
});

test("a dry run finds nothing in what is complete, and everything in what is not", async () => {
  const { clientReference: _, ...complete } = draft;
  const fine = await physician.POST("/api/v1/medicine-demands/validations", { body: complete });
  assert.deepEqual([fine.data?.valid, fine.data?.problems], [true, []], JSON.stringify(fine.error));
  const lacking = await physician.POST("/api/v1/medicine-demands/validations", {
    body: { content: { use: "OUTSIDE_FACILITY" } },
  });
  assert.equal(lacking.data?.valid, false);
  assert.ok((lacking.data?.problems.length ?? 0) > 5);
});

test("pages of a list lead from one to the next without a gap", async () => {
  for (let count = 0; count < 3; count += 1) await create(randomUUID(), { content: { use: "OUTSIDE_FACILITY" } });
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const query = cursor === undefined ? { limit: 2 } : { limit: 2, cursor };
    const { data, error } = await physician.GET("/api/v1/medicine-demands", { params: { query } });
    assert.ok(data, JSON.stringify(error));
    seen.push(...data.items.map((one) => one.id));
    cursor = data.nextCursor ?? undefined;
  } while (cursor !== undefined);
  assert.ok(seen.length >= 3);
  assert.equal(new Set(seen).size, seen.length);
  const { data: whole } = await physician.GET("/api/v1/medicine-demands", { params: { query: { limit: 200 } } });
  assert.deepEqual(whole?.items.map((one) => one.id), seen);
});

test("a refusal is the problem that the contract promises", async () => {
  const stranger = await anonymous.GET("/api/v1/medicine-demands", {});
  isProblem(stranger.error, 401);

  const illegal = await create(randomUUID(), {
    content: { use: "OUTSIDE_FACILITY", physician: { npwz: "1" }, quantity: { amount: "0.00001", unit: "PACK" } },
  });
  isProblem(illegal.error, 422);
  assert.deepEqual(illegal.error.errors.map((one) => one.pointer).sort(), ["/content/physician/npwz", "/content/quantity/amount"]);
});
