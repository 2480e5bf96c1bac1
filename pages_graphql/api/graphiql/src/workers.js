// Where Monaco finds its workers: files beside this script, so that nothing comes from another host.
globalThis.MonacoEnvironment = {
  getWorker(_id, label) {
    const file = WORKERS[`${label}.worker.js`] ?? WORKERS["editor.worker.js"];
    return new Worker(new URL(file, import.meta.url), { name: label });
  },
};
