// A contract cut down to some of its operations and what they refer to.

// `some` are operations with their `path` and `method`.
export function excerpt(contract, some) {
  const paths = {};
  for (const { path, method } of some) {
    const verb = method.toLowerCase();
    paths[path] = { ...paths[path], [verb]: contract.paths[path][verb] };
  }
  return { ...contract, paths, components: reachable(contract.components, paths) };
}

function reachable(components, paths) {
  const kept = { securitySchemes: components.securitySchemes };
  const seen = new Set();
  const visit = (value) => {
    if (value === null || typeof value !== "object") return;
    const reference = /^#\/components\/([^/]+)\/([^/]+)$/.exec(value.$ref ?? "");
    if (reference && !seen.has(value.$ref)) {
      const [whole, section, name] = reference;
      seen.add(whole);
      kept[section] = { ...kept[section], [name]: components[section][name] };
      visit(components[section][name]);
    }
    for (const [key, member] of Object.entries(value)) {
      if (key === "mapping") Object.values(member).forEach(($ref) => visit({ $ref }));
      else visit(member);
    }
  };
  visit(paths);
  return kept;
}
