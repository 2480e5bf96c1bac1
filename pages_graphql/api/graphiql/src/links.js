// Links that carry an operation and the settings around it, never a token.
import { SHARED } from "./settings.js";

/** What the address carries, taken out of it so that a reload keeps what was edited since; null where it carries nothing. */
export function takeLink() {
  const carried = new URLSearchParams(location.hash.slice(1));
  if (!carried.has("query")) return null;
  history.replaceState(null, "", location.pathname + location.search);
  const settings = SHARED.map((name) => [name, carried.get(name) ?? ""]);
  return { query: carried.get("query"), variables: carried.get("variables") ?? "", settings: Object.fromEntries(settings) };
}

/** The address that opens `query` with `variables` under `settings`. */
export function linkTo(query, variables, settings) {
  const carried = new URLSearchParams({ query });
  if (variables.trim()) carried.set("variables", variables);
  for (const name of SHARED) if (settings[name]) carried.set(name, settings[name]);
  return `${location.origin}${location.pathname}#${carried}`;
}
