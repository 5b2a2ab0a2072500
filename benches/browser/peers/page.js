// Runs one peer on the chosen file. The clock starts with the file in hand and the peer booted.

const PEERS = {
  duckdb: async (how) => {
    const duckdb = await import('./bundle/duckdb.js');
    const booted = await duckdb.boot();
    return (file) => duckdb.run(booted, file, how);
  },
  papa: async (how) => {
    const papa = await import('./papa.js');
    if (how === 'worker') return papa.runInWorker;
    const library = await papa.boot();
    return (file) => papa.run(library, file);
  },
};

let ready;

globalThis.bootPeer = async (name, how) => {
  ready = await PEERS[name](how);
  return performance.now();
};

globalThis.runPeer = async () => {
  const [file] = document.querySelector('input').files;
  globalThis.bench.longestFrame = 0;
  const start = performance.now();
  const answer = await ready(file);
  return { millis: performance.now() - start, answer, longestFrame: globalThis.bench.longestFrame };
};

