// What all three clients ask: node CLIENT.mjs URL TOKEN PAGE MENU …; a page and a menu in two locales and two stages.

import { readFileSync } from "node:fs";

const [url, token, page, menu] = process.argv.slice(2);

export const endpoint = { url, headers: { authorization: `Bearer ${token}` } };
export const query = readFileSync(new URL("content.graphql", import.meta.url), "utf8");
export const views = ["en", "de"].flatMap((locale) =>
  ["LIVE", "DRAFT"].map((stage) => ({ page, menu, locale, stage })),
);

// Asks for each View, then reads each from the cache; prints both.
export async function compare(ask, read) {
  const asked = [];
  for (const variables of views) asked.push(await ask(variables));
  const cached = [];
  for (const variables of views) cached.push(await read(variables));
  console.log(JSON.stringify({ asked, cached }));
  process.exit();
}
