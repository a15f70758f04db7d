// Compares two JSON schemas of OpenAPI 3.1, as what a client sends (request) or receives (response).

const UPPER = ["maxLength", "maximum", "exclusiveMaximum", "maxItems", "maxProperties"];
const LOWER = ["minLength", "minimum", "exclusiveMinimum", "minItems", "minProperties"];
const EXACT = ["pattern", "format", "multipleOf", "contentEncoding", "contentMediaType"];

export function resolve(node, document) {
  for (let hops = 0; node?.$ref && hops < 50; hops += 1) {
    const target = node.$ref
      .replace(/^#\//, "")
      .split("/")
      .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
      .reduce((at, part) => at?.[part], document);
    const { $ref, ...beside } = node;
    node = target === undefined ? undefined : { ...target, ...beside };
  }
  return node;
}

// What a schema admits: alternatives without null, each flat (allOf merged), and whether null is one of them.
function alternatives(schema, document) {
  const flat = flatten(schema, document);
  const { oneOf, anyOf, ...rest } = flat;
  const choice = oneOf ?? anyOf;
  if (choice) {
    const parts = choice.map((one) => alternatives(one, document));
    const around = (one) => (Object.keys(rest).length > 0 ? merge(rest, one.schema) : one.schema);
    return {
      nullable: parts.some((part) => part.nullable),
      options: parts.flatMap((part) => part.options).map((one) => ({ name: one.name, schema: around(one) })),
    };
  }
  const types = typesOf(flat);
  const nullable = types?.has("null") ?? false;
  if (nullable && types.size === 1) return { nullable, options: [] };
  types?.delete("null");
  const plain = types ? { ...flat, type: [...types] } : flat;
  return { nullable, options: [{ name: nameOf(schema, flat), schema: plain }] };
}

function flatten(schema, document) {
  const { allOf, ...own } = resolve(schema, document) ?? {};
  return (allOf ?? []).map((one) => flatten(one, document)).reduce(merge, own);
}

function merge(one, other) {
  return {
    ...one,
    ...other,
    ...(one.properties || other.properties ? { properties: { ...one.properties, ...other.properties } } : {}),
    ...(one.required || other.required
      ? { required: [...new Set([...(one.required ?? []), ...(other.required ?? [])])] }
      : {}),
  };
}

function typesOf(schema) {
  if (schema.type === undefined) return undefined;
  return new Set([schema.type].flat());
}

// Variants are known by their discriminating constant, else by the name of their component, else by their title.
function nameOf(schema, flat) {
  for (const [key, property] of Object.entries(flat.properties ?? {})) {
    if (property.const !== undefined) return `${key}=${property.const}`;
    if (property.enum?.length === 1) return `${key}=${property.enum[0]}`;
  }
  return schema?.$ref ?? flat.title ?? JSON.stringify(schema);
}

export function compareSchemas(was, is, direction, path, context) {
  const key = `${direction} ${was?.$ref} ${is?.$ref}`;
  if (was?.$ref && is?.$ref) {
    if (context.seen.has(key)) return;
    context.seen.add(key);
  }
  const earlier = alternatives(was ?? {}, context.before);
  const later = alternatives(is ?? {}, context.after);
  if (direction === "request" && earlier.nullable && !later.nullable) context.tell(path, "null is no longer accepted");
  if (direction === "response" && later.nullable && !earlier.nullable) context.tell(path, "null became possible");

  if (earlier.options.length === 1 && later.options.length === 1) {
    compareFlat(earlier.options[0].schema, later.options[0].schema, direction, path, context);
  } else compareVariants(earlier.options, later.options, direction, path, context);
  // A component used at two places is told at both; only a cycle ends here.
  if (was?.$ref && is?.$ref) context.seen.delete(key);
}

function compareVariants(was, is, direction, path, context) {
  for (const one of was) {
    const now = is.find((other) => other.name === one.name);
    if (now) compareFlat(one.schema, now.schema, direction, `${path}(${one.name})`, context);
    else if (direction === "request") context.tell(path, `the variant ${one.name} is gone`);
  }
  if (direction === "response") {
    for (const one of is.filter((other) => !was.some((earlier) => earlier.name === other.name))) {
      if (!one.name.includes("=")) context.tell(path, `the variant ${one.name} was added without a discriminator`);
    }
  }
}

function compareFlat(was, is, direction, path, context) {
  compareTypes(was, is, direction, path, context);
  compareValues(was, is, direction, path, context);
  for (const name of EXACT) {
    const tightened = direction === "request" ? is[name] !== undefined : was[name] !== undefined;
    if (was[name] !== is[name] && tightened) context.tell(path, `${name} ${was[name]} became ${is[name]}`);
  }
  if (direction === "request") compareLimits(was, is, path, context);
  compareMembers(was, is, direction, path, context);
  if (was.items && is.items) compareSchemas(was.items, is.items, direction, `${path}[]`, context);
  if (typeof was.additionalProperties === "object" && typeof is.additionalProperties === "object") {
    compareSchemas(was.additionalProperties, is.additionalProperties, direction, `${path}.*`, context);
  }
}

function compareTypes(was, is, direction, path, context) {
  const [narrow, wide] = direction === "request" ? [typesOf(was), typesOf(is)] : [typesOf(is), typesOf(was)];
  const fits = (type) => wide.has(type) || (type === "integer" && wide.has("number"));
  if (wide && (!narrow || ![...narrow].every(fits))) {
    context.tell(path, `type ${[was.type ?? "any"].flat()} became ${[is.type ?? "any"].flat()}`);
  }
}

function compareValues(was, is, direction, path, context) {
  const values = (schema) => schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  const [earlier, later] = [values(was), values(is)];
  if (direction === "response") {
    if (earlier && !later) context.tell(path, "the closed list of values became open");
    return;
  }
  if (!later) return;
  if (!earlier) context.tell(path, "the values became a closed list");
  for (const gone of (earlier ?? []).filter((value) => !later.includes(value))) {
    context.tell(path, `the value ${gone} is no longer accepted`);
  }
}

function compareLimits(was, is, path, context) {
  const said = (name) => `${name} ${was[name] ?? "none"} became ${is[name]}`;
  for (const name of UPPER) {
    if (is[name] !== undefined && (was[name] === undefined || is[name] < was[name])) context.tell(path, said(name));
  }
  for (const name of LOWER) {
    const harmless = (name.endsWith("Length") || name.endsWith("Items") || name.endsWith("Properties")) && is[name] === 0;
    if (is[name] !== undefined && !harmless && (was[name] === undefined || is[name] > was[name])) context.tell(path, said(name));
  }
  if (is.uniqueItems && !was.uniqueItems) context.tell(path, "the items must be unique now");
}

function compareMembers(was, is, direction, path, context) {
  for (const [name, schema] of Object.entries(was.properties ?? {})) {
    const now = is.properties?.[name];
    if (now === undefined) context.tell(`${path}.${name}`, "the member is gone");
    else compareSchemas(schema, now, direction, `${path}.${name}`, context);
  }
  const [earlier, later] = [was.required ?? [], is.required ?? []];
  if (direction === "request") {
    for (const name of later.filter((one) => !earlier.includes(one))) {
      context.tell(`${path}.${name}`, "the member became required");
    }
    if (is.additionalProperties === false && was.additionalProperties !== false && was.properties) {
      context.tell(path, "further members are no longer accepted");
    }
  } else {
    for (const name of earlier.filter((one) => !later.includes(one) && is.properties?.[one] !== undefined)) {
      context.tell(`${path}.${name}`, "the member is no longer always there");
    }
  }
}
