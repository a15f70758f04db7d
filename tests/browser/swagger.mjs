// Swagger UI as a person uses it: everything is clicked and typed, and every answer is read off the page.
import assert from "node:assert/strict";

export class SwaggerUi {
  constructor(page, contract) {
    this.page = page;
    this.contract = contract;
  }

  static async open(page, url) {
    const contract = await (await fetch(`${url}/openapi.json`)).json();
    await page.goto(`${url}/swagger-ui/`);
    await page.locator(".opblock-tag").first().waitFor();
    return new SwaggerUi(page, contract);
  }

  // Every operation on the page as `GET /path operation_id`, with all groups opened.
  async operations() {
    for (const group of await this.page.locator(".opblock-tag-section").all()) await new Group(group).expand();
    return await this.page.locator(".opblock").evaluateAll((blocks) =>
      blocks.map((block) => {
        const text = (selector) => block.querySelector(selector).textContent;
        const path = block.querySelector(".opblock-summary-path, .opblock-summary-path__deprecated").dataset.path;
        return `${text(".opblock-summary-method")} ${path} ${text(".opblock-summary-operation-id")}`;
      }),
    );
  }

  // Opens `POST /path` and its group; the path as the contract writes it, the common beginning may be left out.
  async open(operation) {
    const [method, path] = operation.split(" ");
    const whole = /^\/(api|health|\.well-known)\//.test(path) ? path : `/api/v1${path}`;
    const block = this.page.locator(`.opblock-${method.toLowerCase()}`, {
      has: this.page.locator(`[data-path="${whole}"]`),
    });
    if ((await block.count()) === 0) await this.#groupOf(method, whole).expand();
    assert.equal(await block.count(), 1, `the page offers no ${operation}`);
    const opened = new Operation(block, operation);
    await opened.expand();
    return opened;
  }

  // The page renders every open group anew at each click, so a long walk through it closes what it has done.
  group(tag) {
    return new Group(this.page.locator(".opblock-tag-section", { has: this.page.locator(`[data-tag="${tag}"]`) }));
  }

  #groupOf(method, path) {
    const operation = this.contract.paths[path]?.[method.toLowerCase()];
    assert.ok(operation, `the contract offers no ${method} ${path}`);
    return this.group(operation.tags[0]);
  }

  async openAuthorize() {
    await this.page.locator(".auth-wrapper .btn.authorize").click();
    return this.page.locator(".modal-ux");
  }

  // Types the token into the Authorize dialog; an earlier one is logged out first.
  async authorize(token, look = async () => {}) {
    const dialog = await this.openAuthorize();
    const logout = dialog.getByRole("button", { name: "Remove authorization" });
    if (await logout.isVisible()) await logout.click();
    await dialog.locator("input").fill(token);
    await dialog.getByRole("button", { name: "Apply credentials" }).click();
    await logout.waitFor();
    await look(dialog);
    await dialog.getByRole("button", { name: "Close" }).click();
    await dialog.waitFor({ state: "detached" });
  }
}

class Group {
  constructor(section) {
    this.section = section;
  }

  async expand() {
    if (!(await isOpen(this.section))) await this.section.locator(".opblock-tag").click();
    await this.section.locator(".opblock").first().waitFor();
  }

  async collapse() {
    if (await isOpen(this.section)) await this.section.locator(".opblock-tag").click();
    await this.section.locator(".opblock").first().waitFor({ state: "detached" });
  }
}

async function isOpen(element) {
  return (await element.getAttribute("class")).split(" ").includes("is-open");
}

class Operation {
  constructor(block, name) {
    this.block = block;
    this.name = name;
  }

  async expand() {
    if (!(await isOpen(this.block))) await this.block.locator(".opblock-summary-control").click();
    await this.block.locator(".opblock-body .responses-wrapper").waitFor();
  }

  async collapse() {
    if (await isOpen(this.block)) await this.block.locator(".opblock-summary-control").click();
    await this.block.locator(".opblock-body").waitFor({ state: "detached" });
  }

  // The page may be set to offer this at once.
  async tryItOut() {
    const start = this.block.locator(".try-out__btn:not(.cancel)");
    if (await start.isVisible()) await start.click();
    await this.block.locator("button.execute").waitFor();
  }

  async fillParameter(name, value) {
    const row = this.block.locator(`tr[data-param-name="${name}"]`);
    const field = row.locator("input:not([type=checkbox]), select");
    if ((await field.evaluate((it) => it.tagName)) === "SELECT") await field.selectOption(value);
    else await field.fill(value);
    // The field tells the page what was typed when it is left.
    await field.blur();
  }

  body() {
    return this.block.locator("textarea.body-param__text");
  }

  async exampleBody() {
    return await this.body().inputValue();
  }

  async fillBody(value) {
    await this.body().fill(JSON.stringify(value, null, 2));
  }

  // Presses «Execute» and reads the answer off the page.
  async execute() {
    const clear = this.block.locator("button.btn-clear");
    if (await clear.isVisible()) await clear.click();
    await this.block.locator("button.execute").click();
    const answer = this.block.locator(".live-responses-table");
    const missing = this.block.locator("input.invalid, select.invalid, textarea.invalid, .validation-errors");
    await answer.or(missing).first().waitFor();
    if (!(await answer.isVisible())) {
      const rows = await this.block.locator("tr", { has: this.block.page().locator(".invalid") }).allInnerTexts();
      throw new Error(`${this.name}: the page does not send it: ${rows.join("; ")}`);
    }
    return await this.#read(answer);
  }

  async #read(answer) {
    const row = answer.locator("tbody tr.response").first();
    const shown = await row.locator(".response-col_status").innerText();
    const body = row.locator(".highlight-code .microlight");
    const text = (await body.count()) > 0 ? await body.first().innerText() : "";
    const lines = await row.locator(".headerline").allInnerTexts();
    const headers = lines.map((line) => /^\s*([^:]+):(.*)$/s.exec(line)).map(([, name, value]) => [name, value.trim()]);
    const status = Number.parseInt(shown, 10);
    assert.doesNotMatch(shown, /Undocumented/i, `${this.name}: the contract does not know ${status}: ${text}`);
    return { status, headers: Object.fromEntries(headers), text, body: parsed(text) };
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
