// What a person finds when the page opens: everything the contract offers, explained, with something to send.
import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { test } from "node:test";
import { openBrowser, picture, url } from "./browser.mjs";
import { excerpt } from "./excerpt.mjs";
import { SwaggerUi } from "./swagger.mjs";

const contract = await (await fetch(`${url}/openapi.json`)).json();
// The page reads the whole contract anew for each operation that is opened, so a walk through all shows it in excerpts.
const AT_ONCE = 6;
const METHODS = ["get", "put", "post", "delete", "patch"];
const operations = Object.entries(contract.paths).flatMap(([path, item]) =>
  METHODS.filter((method) => item[method]).map((method) => ({ ...item[method], path, method: method.toUpperCase() })),
);

test("the page loads by itself, without a complaint and without asking anybody else", async (t) => {
  const { page, heard } = await openBrowser(t);
  await SwaggerUi.open(page, `${url}`);
  await page.waitForLoadState("networkidle");
  await picture(page, "page");
  assert.match(await page.locator(".info .title").innerText(), /SOID/);
  assert.ok((await page.locator(".info .renderedMarkdown").innerText()).length > 200);
  assert.deepEqual(heard, { complaints: [], outside: [] });
});

test("the root leads to the page", async (t) => {
  const { page } = await openBrowser(t);
  await page.goto(url);
  assert.equal(page.url(), `${url}/swagger-ui/`);
});

test("every operation of the contract is listed, in a group that is explained", async (t) => {
  const { page } = await openBrowser(t);
  const ui = await SwaggerUi.open(page, url);
  const listed = await ui.operations();
  const promised = operations.map((one) => `${one.method} ${one.path} ${one.operationId}`);
  assert.deepEqual([...listed].sort(), [...promised].sort());
  for (const group of await page.locator(".opblock-tag").all()) {
    assert.ok((await group.locator("small").innerText()).trim(), `no word on ${await group.innerText()}`);
  }
  await picture(page.locator(".swagger-ui").first(), "operations");
});

test("every request body has an example to send, and every operation and parameter is explained", async (t) => {
  const left = Array.from({ length: Math.ceil(operations.length / AT_ONCE) }, (_, at) =>
    operations.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
  );
  const wrong = await Promise.all(Array.from({ length: availableParallelism() }, () => faultsOf(t, left)));
  assert.deepEqual(wrong.flat(), []);
});

// Takes excerpts for as long as there are some, in a browser of its own, which others may do at the same time.
async function faultsOf(t, left) {
  const { page, heard } = await openBrowser(t);
  const wrong = [];
  for (let some = left.shift(); some; some = left.shift()) {
    await page.unrouteAll();
    await page.route("**/openapi.json", (route) => route.fulfill({ json: excerpt(contract, some) }));
    const ui = await SwaggerUi.open(page, url);
    for (const one of some) {
      const name = `${one.method} ${one.path}`;
      const operation = await ui.open(name);
      await operation.tryItOut();
      if (one.requestBody) wrong.push(...(await examplesOf(operation, one, name)));
      if (!one.description && !one.summary) wrong.push(`${name}: not explained`);
      wrong.push(...(await unexplainedParameters(operation, name)));
      await operation.collapse();
    }
  }
  return [...wrong, ...heard.complaints, ...heard.outside];
}

// The example must be one that the contract gives, not what the page makes up of types («string», 0).
async function examplesOf(operation, one, name) {
  const media = one.requestBody.content["application/json"];
  if (!media) {
    const chooser = operation.block.locator(".opblock-section-request-body input[type=file]");
    return (await chooser.count()) === 1 ? [] : [`${name}: no file can be chosen`];
  }
  const schema = media.schema.$ref ? contract.components.schemas[media.schema.$ref.split("/").at(-1)] : media.schema;
  const given = media.example ?? Object.values(media.examples ?? {})[0]?.value ?? schema.example ?? schema.examples?.[0];
  if (given === undefined) return [`${name}: the contract gives no example`];
  const shown = await operation.exampleBody();
  try {
    assert.deepEqual(JSON.parse(shown), given);
    return [];
  } catch {
    return [`${name}: the page shows ${shown}`];
  }
}

// What is optional starts empty: a header or a filter that the page fills in by itself surprises people.
async function unexplainedParameters(operation, name) {
  const rows = await operation.block.locator("tr[data-param-name]").evaluateAll((all) =>
    all.map((row) => ({
      name: row.dataset.paramName,
      said: row.querySelector(".parameters-col_description .renderedMarkdown")?.textContent.trim() ?? "",
      required: row.querySelector(".parameter__name.required") !== null,
      value: row.querySelector("input:not([type=checkbox]), select")?.value ?? "",
    })),
  );
  return rows.flatMap((row) => [
    ...(row.said ? [] : [`${name}: ${row.name} is not explained`]),
    ...(row.required || row.value === "" ? [] : [`${name}: ${row.name} is optional and filled in with ${row.value}`]),
  ]);
}
