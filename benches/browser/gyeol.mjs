// Measures Gyeol's own page by its performance marks. A person's time on the mapping screen does not count.

import { Gyeol } from '../../tests/e2e/pages/gyeol.mjs';
import { fresh } from './renderer.mjs';

/** From the file in hand to RFM drawn, with memory and the longest frame; `cold` counts from the start of the load. */
export function fileToRfm(url, path) {
  return fresh(`${url}#/rfm`, async (page, memory) => {
    const gyeol = new Gyeol(page, url);
    await gyeol.atStage('empty');
    const peak = memory();
    await page.evaluate(() => { globalThis.bench.longestFrame = 0; });
    await importFile(gyeol, path);
    const megabytes = peak();
    const times = await page.evaluate(() => {
      const at = (name) => performance.getEntriesByName(`gyeol:${name}`).at(-1).startTime;
      const { usableAt, pressedAt, longestFrame } = globalThis.bench;
      return { preview: at('previewed') - at('file-chosen'), read: at('imported') - pressedAt, drawn: at('rfm-ready') - pressedAt, usableAt, longestFrame };
    });
    const millis = times.preview + times.drawn;
    return { millis, cold: times.usableAt + millis, megabytes, answer: await counted(gyeol), ...times };
  });
}

/** How long after another as-of date RFM is drawn again; the median of several dates. */
export function rescored(url, path, dates) {
  return fresh(`${url}#/rfm`, async (page) => {
    const gyeol = new Gyeol(page, url);
    await importFile(gyeol, path);
    const times = [];
    for (const date of dates) times.push(await page.evaluate(rescore, date));
    return { millis: times.sort((a, b) => a - b)[times.length >> 1] };
  });
}

/** How long after asking for the view of clusters it is drawn. */
export function clustered(url, path) {
  return fresh(`${url}#/rfm`, async (page) => {
    const gyeol = new Gyeol(page, url);
    await importFile(gyeol, path);
    const asked = await page.evaluate(() => {
      location.hash = '#/clusters';
      return performance.now();
    });
    await gyeol.viewIs('clusters');
    return { millis: await gyeol.mark('gyeol:clusters-ready') - asked };
  });
}

async function importFile(gyeol, path) {
  await gyeol.atStage('empty');
  await gyeol.choose(path);
  await gyeol.atStage('mapping');
  await gyeol.byId('import').click();
  await gyeol.viewIs('rfm');
  await gyeol.page.waitForFunction(() => performance.getEntriesByName('gyeol:rfm-ready').length > 0);
}

function rescore(date) {
  return new Promise((resolve) => {
    const input = document.querySelector('[data-testid=as-of]');
    const start = performance.now();
    const drawn = new PerformanceObserver((list) => {
      const mark = list.getEntriesByName('gyeol:rfm-ready').at(-1);
      if (!mark) return;
      drawn.disconnect();
      resolve(mark.startTime - start);
    });
    drawn.observe({ type: 'mark' });
    input.value = date;
    for (const type of ['input', 'change']) input.dispatchEvent(new Event(type, { bubbles: true }));
  });
}

async function counted(gyeol) {
  await gyeol.see('data');
  const { rows, money } = await gyeol.page.locator('[data-testid=ledger] [data-bucket=used]').evaluate((row) => ({ ...row.dataset }));
  return { nRows: Number(rows), money: Math.round(Number(money)) };
}
