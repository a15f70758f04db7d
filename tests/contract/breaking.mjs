// Refuses what would break a client written against the earlier contract: inside v1 everything is additive.
// Usage: node breaking.mjs BEFORE.json AFTER.json [ACCEPTED.txt]
//
// A request may be asked for less and offered more; an answer may hold more and promise no less. New enum values and new
// discriminated variants in answers are additive (clients are told to expect them); in requests a removed one breaks.
// The server refuses unknown members, so removing a request member breaks too.
import { readFileSync } from "node:fs";
import { argv } from "node:process";
import { pathToFileURL } from "node:url";
import { compareSchemas, resolve } from "./breaking-schema.mjs";

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch"];

export function breakingChanges(before, after) {
  const found = new Set();
  const context = (place) => ({
    before,
    after,
    seen: new Set(),
    tell: (path, what) => found.add(`${place}${path}: ${what}`),
  });
  for (const [path, item] of Object.entries(before.paths ?? {})) {
    for (const method of METHODS.filter((name) => item[name])) {
      const place = `${method.toUpperCase()} ${path}`;
      const now = after.paths?.[path]?.[method];
      if (!now) found.add(`${place}: the operation is gone`);
      else compareOperations(withPath(item, method), withPath(after.paths[path], method), context(place));
    }
  }
  return [...found].sort();
}

// Parameters of the path item count for each of its operations.
function withPath(item, method) {
  return { ...item[method], parameters: [...(item.parameters ?? []), ...(item[method].parameters ?? [])] };
}

function compareOperations(was, is, context) {
  if (was.operationId !== is.operationId) {
    context.tell("", `operationId ${was.operationId} became ${is.operationId}`);
  }
  compareParameters(was, is, context);
  compareRequestBodies(was, is, context);
  compareAnswers(was, is, context);
  if (isOpen(was, context.before) && !isOpen(is, context.after)) context.tell("", "credentials became necessary");
}

function isOpen(operation, document) {
  const security = operation.security ?? document.security ?? [];
  return security.length === 0 || security.some((one) => Object.keys(one).length === 0);
}

function parameters(operation, document) {
  const key = (one) => `${one.in} ${one.in === "header" ? one.name.toLowerCase() : one.name}`;
  return new Map(operation.parameters.map((one) => resolve(one, document)).map((one) => [key(one), one]));
}

function compareParameters(was, is, context) {
  const earlier = parameters(was, context.before);
  const later = parameters(is, context.after);
  for (const [key, one] of earlier) {
    const now = later.get(key);
    if (!now) {
      context.tell(` ${key}`, "the parameter is gone");
      continue;
    }
    if (now.required && !one.required) context.tell(` ${key}`, "the parameter became required");
    compareSchemas(one.schema, now.schema, "request", ` ${key}`, context);
  }
  for (const [key, one] of later) {
    if (one.required && !earlier.has(key)) context.tell(` ${key}`, "a required parameter was added");
  }
}

function compareRequestBodies(was, is, context) {
  const earlier = resolve(was.requestBody, context.before);
  const later = resolve(is.requestBody, context.after);
  if (!earlier && later?.required) context.tell(" body", "a required body was added");
  if (earlier && !later) context.tell(" body", "the body is gone");
  if (earlier && later && later.required && !earlier.required) context.tell(" body", "the body became required");
  if (earlier && later) compareContent(earlier.content, later.content, "request", " body", context);
}

function compareAnswers(was, is, context) {
  for (const [status, answer] of Object.entries(was.responses ?? {})) {
    const place = ` ${status}`;
    const later = resolve(is.responses?.[status], context.after);
    const earlier = resolve(answer, context.before);
    if (!later) {
      // A fault that can no longer happen harms nobody.
      if (status.startsWith("2") || status.startsWith("3")) context.tell(place, "the answer is gone");
      continue;
    }
    compareContent(earlier.content, later.content, "response", place, context);
    const names = Object.keys(later.headers ?? {}).map((name) => name.toLowerCase());
    for (const name of Object.keys(earlier.headers ?? {})) {
      if (!names.includes(name.toLowerCase())) context.tell(`${place} header ${name}`, "the header is gone");
    }
  }
}

function compareContent(was, is, direction, place, context) {
  for (const [media, one] of Object.entries(was ?? {})) {
    const now = is?.[media];
    if (!now) context.tell(`${place} ${media}`, "the media type is gone");
    else compareSchemas(one.schema, now.schema, direction, place, context);
  }
}

// One accepted break a line, exactly as it is printed; `#` begins the reason.
function accepted(file) {
  if (!file) return new Set();
  return new Set(readFileSync(file, "utf8").split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("#")));
}

function main([beforeFile, afterFile, acceptedFile]) {
  const [before, after] = [beforeFile, afterFile].map((file) => JSON.parse(readFileSync(file, "utf8")));
  const allowed = accepted(acceptedFile);
  const found = breakingChanges(before, after);
  const refused = found.filter((one) => !allowed.has(one));
  for (const one of refused) console.log(`\n  breaks: ${one}`);
  console.log(`${refused.length} breaking change(s), ${found.length - refused.length} accepted`);
  return refused.length === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(argv[1] ?? "").href) process.exitCode = main(argv.slice(2));
