// PapaParse with plain arrays and no message per row.

import { Rfm } from './rfm.js';

self.onmessage = async ({ data: file }) => {
  (0, eval)(await (await fetch('../peer/papaparse/papaparse.min.js')).text()); // a classic script
  const rfm = new Rfm();
  let isHeader = true;
  self.Papa.parse(file, {
    chunkSize: 10 << 20,
    skipEmptyLines: true,
    step: ({ data: row }) => {
      if (!isHeader) rfm.add(row[0], Number(row[3]), row[4], Number(row[5]), row[6]);
      isHeader = false;
    },
    complete: () => self.postMessage(rfm.done()),
  });
};
