// PapaParse twice: as its manual shows it (its own worker, rows as objects, sent to the page one by one),
// and inside a worker of ours, which is the best it can do.

import { Rfm } from './rfm.js';

export async function boot() {
  const script = Object.assign(document.createElement('script'), { src: '../peer/papaparse/papaparse.min.js' }); // no module
  await new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
  return globalThis.Papa;
}

/** Rows come to the page. */
export function run(papa, file) {
  const rfm = new Rfm();
  return new Promise((resolve, reject) => papa.parse(file, {
    worker: true,
    header: true,
    skipEmptyLines: true,
    step: ({ data: row }) => rfm.add(row.Invoice, Number(row.Quantity), row.InvoiceDate, Number(row.Price), row['Customer ID']),
    complete: () => resolve(rfm.done()),
    error: reject,
  }));
}

/** Rows stay in a worker. */
export async function runInWorker(file) {
  const worker = new Worker(new URL('papa_worker.js', document.baseURI), { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = reject;
    worker.postMessage(file);
  });
}
