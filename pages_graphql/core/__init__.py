"""Words everybody speaks: access, errors, events, locales, text. Imports nothing of ours."""
