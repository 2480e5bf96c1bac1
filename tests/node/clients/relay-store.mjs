import { RecordSource, Store } from "relay-runtime";

const EMBEDDED = /^(MenuItem|Page\w+Block)$/;

export const store = new Store(new RecordSource());

export function getDataID(record, type) {
  return EMBEDDED.test(type) ? null : (record.viewKey ?? record.id);
}
