// What the bar sets: remembered by the browser, sent as headers with every request.

const HEADERS = { tenant: "X-Tenant-ID", locale: "X-Locale", channel: "X-Channel", stage: "X-Stage" };
const ROLE = "role:";

/** The settings a link may carry: all but the token. */
export const SHARED = Object.keys(HEADERS);

/** How a picked role is remembered; its token is looked up when it is sent, for it changes at every start. */
export const asRole = (role) => ROLE + role;

/** The settings of last time; the token's memory ends with the tab. */
export function remembered() {
  const known = SHARED.map((name) => [name, localStorage.getItem(keyOf(name)) ?? ""]);
  return { ...Object.fromEntries(known), token: sessionStorage.getItem(keyOf("token")) ?? "" };
}

/** Keep `settings` for next time. */
export function remember(settings) {
  for (const name of SHARED) localStorage.setItem(keyOf(name), settings[name]);
  sessionStorage.setItem(keyOf("token"), settings.token);
}

/** The tenant the settings name; without a name the first, which is the server's default. */
export function tenantOf(settings, tenants) {
  return settings.tenant ? tenants.find(({ slug }) => slug === settings.tenant) : tenants[0];
}

/** The headers that say `settings`; an empty setting leaves the choice to the server. */
export function headersOf(settings, tenants) {
  const headers = new Headers();
  for (const [name, header] of Object.entries(HEADERS)) if (settings[name]) headers.set(header, settings[name].trim());
  const token = tokenOf(settings, tenants);
  if (token) headers.set("Authorization", `Bearer ${token}`);
  return headers;
}

function tokenOf({ token, ...settings }, tenants) {
  if (!token.startsWith(ROLE)) return token.trim();
  return tenantOf(settings, tenants)?.tokens.find(({ role }) => asRole(role) === token)?.token;
}

const keyOf = (name) => `pages-graphql:${name}`;
