// One labelled setting: picked from what the server offers, or typed.
import { useState } from "react";

const OTHER = "other:";

export function Picker({ name, label, blank, choices, value, onChange, isSecret = false, isClosed = false }) {
  const isOffered = value === "" || choices.some((choice) => choice.value === value);
  const [isTyping, setTyping] = useState(!isOffered);
  const id = `pages-${name}`;
  const pick = (picked) => {
    setTyping(picked === OTHER);
    onChange(picked === OTHER ? "" : picked);
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {choices.length > 0 && isOffered && !isTyping ? (
        <select id={id} value={value} onChange={({ target }) => pick(target.value)}>
          <option value="">{blank}</option>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
          {!isClosed && <option value={OTHER}>Other…</option>}
        </select>
      ) : (
        <span className="typed">
          <input
            id={id}
            type={isSecret ? "password" : "text"}
            value={value}
            placeholder={blank}
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => onChange(target.value)}
          />
          {choices.length > 0 && (
            <button type="button" aria-label={`Pick ${label.toLowerCase()} from the list`} onClick={() => pick("")}>
              ×
            </button>
          )}
        </span>
      )}
    </div>
  );
}
