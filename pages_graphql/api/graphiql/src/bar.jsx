// The bar above GraphiQL: who asks, for what, and where to start.
import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { useEffect, useState } from "react";
import { linkTo } from "./links.js";
import { Picker } from "./picker.jsx";
import { asRole, tenantOf } from "./settings.js";

const STAGES = ["LIVE", "DRAFT"];
const same = (value) => ({ value, label: value });

export function Bar({ tenants, examples, settings, onChange }) {
  const tenant = tenantOf(settings, tenants);
  const field = (name) => ({ name, value: settings[name], onChange: (value) => onChange({ ...settings, [name]: value }) });
  useSchemaOf(settings);
  return (
    <form className="bar" aria-label="What goes with every request" onSubmit={(event) => event.preventDefault()}>
      <strong className="bar-name">pages-graphql</strong>
      <Picker {...field("tenant")} label="Tenant" blank="Default" choices={tenants.map(({ slug }) => same(slug))} />
      <Picker
        {...field("token")}
        label="Token"
        blank="Anonymous"
        isSecret
        choices={(tenant?.tokens ?? []).map(({ role }) => ({ value: asRole(role), label: role }))}
      />
      <Picker {...field("locale")} label="Locale" blank="Default" choices={(tenant?.locales ?? []).map(same)} />
      <Picker {...field("channel")} label="Channel" blank="Default" choices={(tenant?.channels ?? []).map(same)} />
      <Picker {...field("stage")} label="Stage" blank="Default" choices={STAGES.map(same)} isClosed />
      <span className="bar-space" />
      <Examples examples={examples} />
      <CopyLink settings={settings} />
    </form>
  );
}

/** Asks for the schema again where the settings before did not get it. */
function useSchemaOf({ tenant, token }) {
  const { introspect } = useGraphiQLActions();
  const isMissing = useGraphiQL((state) => state.fetchError !== null);
  useEffect(() => {
    const timer = isMissing ? setTimeout(introspect, 400) : undefined;
    return () => clearTimeout(timer);
  }, [tenant, token]);
}

function Examples({ examples }) {
  const { addTab, changeTab } = useGraphiQLActions();
  const { tabs, queryEditor, variableEditor } = useGraphiQL(({ tabs, queryEditor, variableEditor }) => ({
    tabs,
    queryEditor,
    variableEditor,
  }));
  const open = ({ query, variables }) => {
    const known = tabs.findIndex((tab) => tab.query === query);
    if (known >= 0) return changeTab(known);
    addTab();
    queryEditor.setValue(query);
    variableEditor.setValue(variables);
  };
  return (
    <div className="field">
      <label htmlFor="pages-examples">Examples</label>
      <select id="pages-examples" value="" disabled={!queryEditor} onChange={({ target }) => open(examples[target.value])}>
        <option value="" disabled>
          Open…
        </option>
        {examples.map(({ title }, index) => (
          <option key={title} value={index}>
            {title}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Puts the link into the address bar, and where the browser allows it into the clipboard. */
function CopyLink({ settings }) {
  const { queryEditor, variableEditor } = useGraphiQL(({ queryEditor, variableEditor }) => ({ queryEditor, variableEditor }));
  const [answer, setAnswer] = useState("");
  const copy = async () => {
    const link = linkTo(queryEditor.getValue(), variableEditor.getValue(), settings);
    history.replaceState(null, "", link);
    const isCopied = await navigator.clipboard?.writeText(link).then(() => true, () => false);
    setAnswer(isCopied ? "Copied" : "In the address bar");
    setTimeout(() => setAnswer(""), 2000);
  };
  return (
    <button type="button" className="bar-button" disabled={!queryEditor} aria-live="polite" onClick={copy}>
      {answer || "Copy link"}
    </button>
  );
}
