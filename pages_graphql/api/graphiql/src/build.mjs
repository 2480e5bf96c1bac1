// Bundles GraphiQL, its editor's workers and our bar into the folder that is named, with names that carry a hash of what is in them.
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { build } from "esbuild";

const [OUT] = process.argv.slice(2);

const WORKERS = {
  editor: "monaco-editor/esm/vs/editor/editor.worker.js",
  graphql: "monaco-graphql/esm/graphql.worker.js",
  json: "monaco-editor/esm/vs/language/json/json.worker.js",
};

// Packages that are published without their licence's text, and one of the same repository or author that has it.
const LICENSED_LIKE = {
  "@graphiql/plugin-doc-explorer": "@graphiql/react",
  "@graphiql/plugin-explorer": "@graphiql/react",
  "@graphiql/plugin-history": "@graphiql/react",
  "react-compiler-runtime": "react",
  "react-remove-scroll-bar": "react-remove-scroll",
};

// What Monaco's editor offers and no one here needs: other languages' helpers, comparing, colours, dropped files.
const UNUSED = /diffEditor|codelens|colorPicker|dropOrPaste|inlayHints|inlineCompletions|InlineCompletions|inlineEdit|inlineProgress|rename|sectionHeaders|semanticTokens|stickyScroll/;

const trimmed = {
  name: "trimmed",
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /monaco-editor\/esm\/vs\/editor\/editor\.all\.js$/ }, async ({ path }) => {
      const lines = (await readFile(path, "utf8")).split("\n");
      return { contents: lines.filter((line) => !UNUSED.test(line)).join("\n") };
    });
    onResolve({ filter: /\/jsonc\.js$/ }, ({ importer }) =>
      importer.includes("@graphiql") ? { path: resolve("jsonc.js") } : undefined,
    );
  },
};

const shared = {
  bundle: true,
  minify: true,
  outdir: OUT,
  metafile: true,
  plugins: [trimmed],
  alias: { "prettier/parser-graphql": "prettier/plugins/graphql" }, // two builds of one parser
  target: "es2022",
  legalComments: "none",
  define: { "process.env.NODE_ENV": '"production"' },
  logLevel: "warning",
};

await mkdir(OUT, { recursive: true });

const workers = await build({
  ...shared,
  entryPoints: Object.entries(WORKERS).map(([name, path]) => ({ in: `node_modules/${path}`, out: `${name}.worker` })),
  entryNames: "[name]-[hash]",
  format: "iife",
});

const page = await build({
  ...shared,
  entryPoints: { graphiql: "main.jsx", icon: "icon.svg" },
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  format: "esm",
  jsx: "automatic",
  loader: { ".svg": "copy", ".ttf": "file" },
  external: ["graphql-ws"], // only asked for by subscriptions over WebSockets, which the page does not open
  define: { ...shared.define, WORKERS: JSON.stringify(named(workers)) },
});

const files = named(page);
const manifest = { icon: files["icon.svg"], script: files["graphiql.js"], style: files["graphiql.css"] };
await writeFile(join(OUT, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
await writeFile(join(OUT, "LICENSES.txt"), await licences([...inputs(workers), ...inputs(page)]));

/** What each output is called, by its name without the hash. */
function named({ metafile }) {
  const names = Object.keys(metafile.outputs).map((path) => basename(path));
  return Object.fromEntries(names.map((name) => [name.replace(/-[A-Z0-9]{8}(?=\.\w+$)/, ""), name]));
}

/** The files that went into a build. */
function inputs({ metafile }) {
  return Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs));
}

/** The licences of all packages that `paths` belong to, each with its text. */
async function licences(paths) {
  const folders = paths.map((path) => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]);
  const parts = [];
  for (const folder of [...new Set(folders.filter(Boolean))].sort()) {
    const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    parts.push(`${name} ${version} (${license})\n\n${await licenceText(name, folder)}`);
  }
  const rule = `\n\n${"-".repeat(100)}\n\n`;
  return `The files in this folder are built from these packages.${rule}${parts.join(rule)}\n`;
}

/** The text of the licence and notices that a package carries. */
async function licenceText(name, folder) {
  const from = LICENSED_LIKE[name] ? join("node_modules", LICENSED_LIKE[name]) : folder;
  const found = (await readdir(from)).filter((file) => /^(licen[cs]e|copying|notice|thirdpartynotices)/i.test(file));
  if (found.length === 0) throw new Error(`${name} carries no licence: say in LICENSED_LIKE whose text it shares`);
  const texts = await Promise.all(found.sort().map((file) => readFile(join(from, file), "utf8")));
  return texts.map((text) => text.replace(/\r\n?/g, "\n").replace(/[ \t]+$/gm, "").trim()).join("\n\n");
}
