import "./workers.js";
import "monaco-graphql/esm/monaco-editor.js";
import "@graphiql/react/style.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "@graphiql/plugin-history/style.css";
import "graphiql/graphiql.css";
import "@graphiql/plugin-explorer/style.css";
import "./style.css";

import { DOC_EXPLORER_PLUGIN, DocExplorerStore } from "@graphiql/plugin-doc-explorer";
import { explorerPlugin } from "@graphiql/plugin-explorer";
import { HISTORY_PLUGIN, HistoryStore } from "@graphiql/plugin-history";
import { GraphiQLProvider } from "@graphiql/react";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL, GraphiQLInterface } from "graphiql";
import { useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { Bar } from "./bar.jsx";
import { takeLink } from "./links.js";
import { headersOf, remember, remembered } from "./settings.js";

const config = JSON.parse(document.getElementById("config").textContent);
const link = takeLink();
const plugins = [DOC_EXPLORER_PLUGIN, explorerPlugin({ showAttribution: false }), HISTORY_PLUGIN];
const first = link ?? (localStorage.getItem("graphiql:tabState") ? {} : config.examples[0]);

addEventListener("hashchange", () => {
  if (location.hash.includes("query=")) location.reload();
});

/** GraphiQL under our bar; what the bar says goes into every request, after it what the Headers editor says. */
function Page() {
  const [settings, setSettings] = useState(() => ({ ...remembered(), ...link?.settings }));
  const current = useRef(settings);
  const [fetcher] = useState(() =>
    createGraphiQLFetcher({
      url: config.endpoint,
      enableIncrementalDelivery: false,
      fetch: (url, init) => {
        const headers = headersOf(current.current, config.tenants);
        new Headers(init.headers).forEach((value, name) => headers.set(name, value));
        return fetch(url, { ...init, headers });
      },
    }),
  );
  const change = (changed) => {
    current.current = changed;
    remember(changed);
    setSettings(changed);
  };
  return (
    <GraphiQLProvider
      fetcher={fetcher}
      plugins={plugins}
      referencePlugin={DOC_EXPLORER_PLUGIN}
      visiblePlugin={DOC_EXPLORER_PLUGIN}
      defaultTabs={link ? [link, ...config.examples] : config.examples}
      initialQuery={first.query}
      initialVariables={first.variables}
      inputValueDeprecation
      schemaDescription
    >
      <HistoryStore>
        <DocExplorerStore>
          <Bar tenants={config.tenants} examples={config.examples} settings={settings} onChange={change} />
          <GraphiQLInterface defaultEditorToolsVisibility="variables" showPersistHeadersSettings={false}>
            <GraphiQL.Logo>{" "}</GraphiQL.Logo>
          </GraphiQLInterface>
        </DocExplorerStore>
      </HistoryStore>
    </GraphiQLProvider>
  );
}

createRoot(document.getElementById("graphiql")).render(<Page />);
