import assert from "node:assert/strict";
import { test } from "node:test";
import { breakingChanges } from "./breaking.mjs";

function contract() {
  const json = (name) => ({ content: { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } } });
  return {
    openapi: "3.1.0",
    info: { title: "t", version: "1" },
    security: [{ bearer: [] }],
    paths: {
      "/orders": {
        parameters: [{ name: "tenant", in: "header", schema: { type: "string" } }],
        post: {
          operationId: "issue_order",
          parameters: [{ name: "limit", in: "query", schema: { type: "integer", maximum: 200 } }],
          requestBody: { required: false, ...json("NewOrder") },
          responses: {
            201: { description: "issued", headers: { ETag: { schema: { type: "string" } } }, ...json("Order") },
            409: { description: "wrong state" },
          },
        },
      },
      "/public": { get: { operationId: "look", security: [], responses: { 200: { description: "ok", ...json("Seen") } } } },
    },
    components: {
      schemas: {
        NewOrder: {
          type: "object",
          additionalProperties: false,
          required: ["name"],
          properties: {
            name: { type: "string", minLength: 1, maxLength: 10 },
            kind: { type: "string", enum: ["A", "B"] },
            note: { type: ["string", "null"] },
            packs: { type: "array", items: { $ref: "#/components/schemas/Pack" } },
            signer: { oneOf: [{ type: "null" }, { $ref: "#/components/schemas/Pack" }] },
          },
        },
        Pack: { type: "object", required: ["size"], properties: { size: { type: "integer" }, inner: { $ref: "#/components/schemas/Pack" } } },
        Order: {
          allOf: [
            { $ref: "#/components/schemas/Numbered" },
            {
              type: "object",
              required: ["state"],
              properties: { state: { type: "string", enum: ["OPEN"] }, sum: { type: "string" }, pack: { $ref: "#/components/schemas/Pack" } },
            },
          ],
        },
        Numbered: { type: "object", required: ["id"], properties: { id: { type: "string", format: "uuid" } } },
        Seen: { oneOf: [{ $ref: "#/components/schemas/SeenOpen" }] },
        SeenOpen: { type: "object", required: ["type"], properties: { type: { const: "OPEN" }, by: { type: "string" } } },
      },
    },
  };
}

const order = (d) => d.components.schemas.Order.allOf[1];
const asked = (d) => d.components.schemas.NewOrder;
const post = (d) => d.paths["/orders"].post;

const breaking = {
  "an operation that is gone": [(d) => delete d.paths["/orders"].post, /operation is gone/],
  "another operationId": [(d) => (post(d).operationId = "create"), /operationId issue_order became create/],
  "a parameter that is gone": [(d) => post(d).parameters.pop(), /query limit: the parameter is gone/],
  "a parameter of the path that is gone": [(d) => d.paths["/orders"].parameters.pop(), /header tenant: the parameter is gone/],
  "a parameter that became required": [(d) => (post(d).parameters[0].required = true), /limit: the parameter became required/],
  "a new required parameter": [(d) => post(d).parameters.push({ name: "X", in: "header", required: true, schema: {} }), /required parameter was added/],
  "a lower maximum of a parameter": [(d) => (post(d).parameters[0].schema.maximum = 100), /maximum 200 became 100/],
  "a body that became required": [(d) => (post(d).requestBody.required = true), /body became required/],
  "a media type that is gone": [(d) => (post(d).requestBody.content = {}), /media type is gone/],
  "a request member that became required": [(d) => asked(d).required.push("kind"), /body\.kind: the member became required/],
  "a request member that is gone": [(d) => delete asked(d).properties.note, /body\.note: the member is gone/],
  "a request value that is gone": [(d) => asked(d).properties.kind.enum.pop(), /value B is no longer accepted/],
  "request values that became a list": [(d) => (asked(d).properties.name.enum = ["x"]), /became a closed list/],
  "a shorter maximum": [(d) => (asked(d).properties.name.maxLength = 5), /maxLength 10 became 5/],
  "a longer minimum": [(d) => (asked(d).properties.name.minLength = 2), /minLength 1 became 2/],
  "a new pattern": [(d) => (asked(d).properties.name.pattern = "^a"), /pattern undefined became \^a/],
  "null refused in a type list": [(d) => (asked(d).properties.note.type = "string"), /note: null is no longer accepted/],
  "null refused in a choice": [(d) => asked(d).properties.signer.oneOf.shift(), /signer: null is no longer accepted/],
  "a request type that changed": [(d) => (d.components.schemas.Pack.properties.size.type = "string"), /packs\[\]\.size: type integer became string/],
  "an answer type that widened": [(d) => (d.components.schemas.Pack.properties.size.type = "number"), /201\.pack\.size: type integer became number/],
  "an answer that is gone": [(d) => delete post(d).responses[201], /201: the answer is gone/],
  "an answer header that is gone": [(d) => delete post(d).responses[201].headers.ETag, /header ETag: the header is gone/],
  "an answer member that is gone": [(d) => delete order(d).properties.sum, /201\.sum: the member is gone/],
  "an answer member that is no longer certain": [(d) => (order(d).required = []), /201\.state: the member is no longer always there/],
  "an inherited answer member that is no longer certain": [(d) => (d.components.schemas.Numbered.required = []), /201\.id: the member is no longer always there/],
  "an answer member that may be null": [(d) => (order(d).properties.sum.type = ["string", "null"]), /201\.sum: null became possible/],
  "an answer list that opened": [(d) => delete order(d).properties.state.enum, /closed list of values became open/],
  "an answer format that is gone": [(d) => delete d.components.schemas.Numbered.properties.id.format, /format uuid became undefined/],
  "credentials for what was open": [(d) => delete d.paths["/public"].get.security, /credentials became necessary/],
};

const additive = {
  "nothing at all": () => {},
  "a new operation": (d) => (d.paths["/new"] = { get: { operationId: "n", responses: { 200: { description: "" } } } }),
  "a new optional parameter": (d) => post(d).parameters.push({ name: "q", in: "query", schema: { type: "string" } }),
  "a new optional request member": (d) => (asked(d).properties.extra = { type: "string" }),
  "a request member that is no longer required": (d) => (asked(d).required = []),
  "a new request value": (d) => asked(d).properties.kind.enum.push("C"),
  "a longer maximum": (d) => (asked(d).properties.name.maxLength = 50),
  "a request that accepts null": (d) => (asked(d).properties.name.type = ["string", "null"]),
  "a new answer member": (d) => (order(d).properties.extra = { type: "string" }),
  "a new certain answer member": (d) => order(d).required.push("sum"),
  "a new answer value": (d) => order(d).properties.state.enum.push("CLOSED"),
  "a new answer": (d) => (post(d).responses[202] = { description: "later" }),
  "a fault that cannot happen any more": (d) => delete post(d).responses[409],
  "another name of a component": (d) => {
    d.components.schemas.Packet = d.components.schemas.Pack;
    order(d).properties.pack = { $ref: "#/components/schemas/Packet" };
  },
  "a new discriminated variant of an answer": (d) =>
    d.components.schemas.Seen.oneOf.push({ type: "object", required: ["type"], properties: { type: { const: "SHUT" } } }),
  "another description": (d) => (post(d).description = "more words"),
};

for (const [name, [change, expected]] of Object.entries(breaking)) {
  test(`${name} breaks`, () => {
    const after = contract();
    change(after);
    const found = breakingChanges(contract(), after);
    assert.ok(found.some((one) => expected.test(one)), `found ${JSON.stringify(found)}`);
  });
}

for (const [name, change] of Object.entries(additive)) {
  test(`${name} does not break`, () => {
    const after = contract();
    change(after);
    assert.deepEqual(breakingChanges(contract(), after), []);
  });
}
