// What a tester does first: take a token, authorise, send the example as it stands, sign it; and what goes wrong then.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowser, picture, url } from "./browser.mjs";
import { Tester } from "./case.mjs";
import { SwaggerUi } from "./swagger.mjs";

async function begin(t) {
  const { page, heard } = await openBrowser(t);
  const ui = await SwaggerUi.open(page, url);
  return { page, heard, ui, tester: new Tester(ui, picture) };
}

function isProblem(answer, status, code) {
  assert.match(answer.headers["content-type"], /^application\/problem\+json/);
  assert.equal(answer.body.status, status);
  assert.ok(answer.body.title && answer.body.detail && answer.body.traceId, answer.text);
  if (code) assert.equal(answer.body.code, code);
}

test("the example of a demand can be sent as it stands, signed and submitted", { timeout: 300_000 }, async (t) => {
  const { tester, heard } = await begin(t);
  await tester.become("clinic-physician");
  const created = await tester.call("POST /medicine-demands", { status: 201, show: "first-draft" });
  assert.equal(created.body.state, "DRAFT");
  const { id } = created.body;
  assert.equal(created.headers.location, `/api/v1/medicine-demands/${id}`);

  const { body } = await tester.call("GET /consultants", { show: "first-consultants" });
  const own = { consultantId: body.items[0].id, field: body.items[0].field.code };
  const submitted = await tester.sign("submission", { id, etag: created.headers.etag, own, show: "first-submission" });
  assert.equal(submitted.body.state, "AWAITING_CONSULTANT");

  const listed = await tester.call("GET /medicine-demands", { show: "first-list" });
  assert.ok(listed.body.items.some((one) => one.id === id));
  assert.deepEqual(heard, { complaints: [], outside: [] });
});

test("the example of a demand has no fault that a dry run finds", async (t) => {
  const { tester } = await begin(t);
  await tester.become("clinic-physician");
  const { body } = await tester.call("POST /medicine-demands/validations", { show: "first-validation" });
  assert.deepEqual([body.valid, body.problems], [true, []]);
});

test("every refusal is shown as a problem that says what to do", { timeout: 300_000 }, async (t) => {
  const { tester } = await begin(t);

  const unknown = await tester.call("GET /medicine-demands", { status: 401, show: "refused-401" });
  isProblem(unknown, 401);

  await tester.become("clinic-physician");
  const illegal = await tester.call("POST /medicine-demands", {
    body: { content: { use: "OUTSIDE_FACILITY", physician: { npwz: "1" }, diagnosis: { icd10: "?" } } },
    status: 422,
    show: "refused-422",
  });
  isProblem(illegal, 422);
  assert.deepEqual(illegal.body.errors.map((one) => one.pointer).sort(), ["/content/diagnosis/icd10", "/content/physician/npwz"]);

  const shapeless = await tester.call("POST /medicine-demands", { body: { content: { use: "AT_HOME" } }, status: 400, show: "refused-400" });
  isProblem(shapeless, 400);

  const id = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42";
  const missing = await tester.call("GET /medicine-demands/{id}", { parameters: { id }, status: 404, show: "refused-404" });
  isProblem(missing, 404);

  const draft = (await tester.call("POST /medicine-demands", { body: { content: { use: "OUTSIDE_FACILITY" } }, status: 201 })).body;
  const withdrawal = { parameters: { id: draft.id, "If-Match": '"99"' }, body: { reason: "Pomyłka." } };
  const stale = await tester.call("POST /medicine-demands/{id}/withdrawal", { ...withdrawal, status: 412, show: "refused-412" });
  isProblem(stale, 412);

  await tester.become("pharmacist");
  const forbidden = await tester.call("POST /medicine-demands", { status: 403, show: "refused-403" });
  isProblem(forbidden, 403);
});

test("the example key stands for a fresh one each time, a key of one's own is kept", { timeout: 300_000 }, async (t) => {
  const { tester } = await begin(t);
  await tester.become("clinic-physician");
  const body = { content: { use: "OUTSIDE_FACILITY" } };
  const draft = async (parameters) => await tester.call("POST /medicine-demands", { parameters, body, status: 201 });
  const [first, second] = [await draft({}), await draft({})];
  assert.notEqual(first.body.id, second.body.id);

  const own = { "Idempotency-Key": `tester-${Date.now()}-own-key` };
  const [sent, again] = [await draft(own), await draft(own)];
  assert.equal(again.body.id, sent.body.id);
  assert.equal(again.headers["idempotency-replayed"], "true");
});
