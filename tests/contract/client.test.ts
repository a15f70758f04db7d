// A client whose types are generated from the contract, used against the running service: what does not fit the
// contract does not compile, and what the service answers is compared with what the contract promises.
import assert from "node:assert/strict";
import { test } from "node:test";
import createClient from "openapi-fetch";
import type { paths } from "./generated/openapi.js";

const baseUrl = process.env.SOID_URL;
assert.ok(baseUrl, "SOID_URL: run through scripts/contract");
const client = createClient<paths>({ baseUrl });

test("the generated client reads the problem catalogue", async () => {
  const { data, error, response } = await client.GET("/api/v1/problems");
  assert.equal(response.status, 200, JSON.stringify(error));
  assert.ok(data);
});
