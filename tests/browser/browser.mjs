// The system's Chromium without a window: what it shows, what it says and whom it asks.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const url = required("SOID_URL");
const pictures = fileURLToPath(new URL("../../target/browser/", import.meta.url));

function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name}: run through scripts/browser`);
  return value;
}

// A page of its own browser. `test` may be the context of node:test: the browser ends with it, whatever happens.
export async function openBrowser(test) {
  const browser = await chromium.launch({
    executablePath: required("CHROMIUM"),
    // A name that is not this machine's has no address here, so nothing can leave it.
    args: ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost", "--lang=pl"],
  });
  test.after(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: "pl-PL" });
  page.setDefaultTimeout(20_000);
  return { page, heard: listen(page) };
}

// What the page complains of, and every address outside the service that it asks for.
function listen(page) {
  const heard = { complaints: [], outside: [] };
  page.on("pageerror", (error) => heard.complaints.push(`uncaught: ${error.message}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) heard.complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("request", (request) => {
    const asked = request.url();
    if (!asked.startsWith(`${url}/`) && !/^(data|blob):/.test(asked)) heard.outside.push(asked);
  });
  return heard;
}

// The whole of an element, or what stands in the window; of an operation the request and its answer, without the list
// of all answers that there could be.
export async function picture(target, name) {
  mkdirSync(pictures, { recursive: true });
  const style = "table.responses-table:not(.live-responses-table) { display: none }";
  await target.screenshot({ path: `${pictures}${name}.png`, style });
}
