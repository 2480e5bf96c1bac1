// GraphiQL's module of the same name, which brings Prettier's JavaScript parser to lay out JSON; this one needs none.
import { applyEdits, format } from "jsonc-parser";

export { parseJSONC, tryParseJSONC } from "./node_modules/@graphiql/react/dist/utility/jsonc.js";

/** `content` laid out anew, its comments kept. */
export async function formatJSONC(content) {
  return applyEdits(content, format(content, undefined, { insertSpaces: true, tabSize: 2 }));
}
