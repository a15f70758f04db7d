// One tester who plays everybody: takes a persona's token, authorises with it, calls, signs, and goes on as the next one.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

export class Tester {
  constructor(ui, picture = async () => {}) {
    this.ui = ui;
    this.picture = picture;
    this.persona = undefined;
  }

  // Calls an operation through the page: `POST /path`, its parameters by name, its body.
  async call(operation, { parameters = {}, body, status = 200, show } = {}) {
    const opened = await this.ui.open(operation);
    await opened.tryItOut();
    for (const [name, value] of Object.entries(parameters)) await opened.fillParameter(name, value);
    if (body !== undefined) await opened.fillBody(body);
    const answer = await opened.execute();
    if (show) await this.picture(opened.block, show);
    await opened.collapse();
    assert.equal(answer.status, status, `${operation} as ${this.persona}: ${answer.text}`);
    return answer;
  }

  // Becomes somebody else, as the page's own text says: take a token, put it into Authorize.
  async become(persona, show) {
    const { body } = await this.call("POST /sandbox/tokens", { body: { persona }, show: show && `${show}-token` });
    await this.ui.authorize(body.accessToken, (dialog) => (show ? this.picture(dialog, `${show}-authorize`) : undefined));
    this.persona = persona;
  }

  // A signed step: the exact bytes, the persona's signature over them, and the step itself.
  async sign(step, { id, etag, own = {}, status = 200, show }) {
    const path = `POST /medicine-demands/{id}/${step}`;
    const document = await this.call(`${path}/document`, {
      parameters: { id },
      body: own,
      show: show && `${show}-document`,
    });
    const signature = await this.call("POST /sandbox/signatures", {
      body: { persona: this.persona, payload: document.body.payload, kind: "QUALIFIED" },
      show: show && `${show}-signature`,
    });
    return await this.call(path, {
      parameters: { id, "If-Match": etag },
      body: { ...own, signature: signature.body },
      status,
      show,
    });
  }
}

// A scenario of data/scenarios, issued by this persona of GET /sandbox/personas; in a facility with its director.
export function scenario(name, known, physicianKey) {
  const file = JSON.parse(readFileSync(new URL(`../../data/scenarios/${name}.json`, import.meta.url), "utf8"));
  const person = (key) => known.personas.find((one) => one.key === key);
  const physician = person(physicianKey);
  const director = person("director");
  const entity = known.organisations.find((one) => one.key === physician.organisation);
  const content = {
    ...file.content,
    entity: { name: entity.name, nip: entity.nip, rpwdlNumber: entity.rpwdlNumber, address: entity.address },
    physician: { givenNames: physician.givenNames, familyName: physician.familyName, npwz: physician.npwz },
  };
  if (content.use === "IN_FACILITY") {
    const { givenNames, familyName, position } = director;
    content.representative = { givenNames, familyName, position, email: "dyrektor@szpital.example.org" };
  }
  const consultant = known.personas.find((one) => one.fields?.includes(file.fieldOfMedicine));
  return { ...file, content, consultant };
}
