// Measures Gyeol's own page by its performance marks. A person's time on the mapping screen does not count.

import { Gyeol } from '../../tests/e2e/pages/gyeol.mjs';
import { fresh } from './renderer.mjs';

/** From the file in hand to the first picture of RFM, with memory and the longest frame; `allDrawn` counts to the last of
 * the six pictures, `cold` from the start of the load, where no pause lies between. */
export function fileToRfm(url, path, pauseMillis) {
  return fresh(`${url}#/rfm`, async (page, memory) => {
    const gyeol = new Gyeol(page, url);
    await gyeol.atStage('empty');
    if (pauseMillis) await page.waitForTimeout(pauseMillis);
    const peak = memory();
    await page.evaluate(watchFromNow);
    await importFile(gyeol, path);
    const megabytes = peak();
    const times = await page.evaluate(() => {
      const at = (name) => performance.getEntriesByName(`gyeol:${name}`).at(-1).startTime;
      const { usableAt, pressedAt, pictureAt, longestFrame, nUpdates } = globalThis.bench;
      const preview = at('previewed') - at('file-chosen');
      const read = at('imported') - pressedAt;
      return { millis: preview + pictureAt - pressedAt, allDrawn: preview + at('rfm-ready') - pressedAt, preview, read, usableAt, longestFrame, updates: nUpdates / read * 1e3 };
    });
    const { millis } = times;
    return { cold: pauseMillis ? null : times.usableAt + millis, megabytes, answer: await counted(gyeol), ...times };
  });
}

/** How long after another as-of date RFM is drawn again; the median of several dates. */
export function rescored(url, path, dates) {
  return fresh(`${url}#/rfm`, async (page) => {
    const gyeol = new Gyeol(page, url);
    await importFile(gyeol, path);
    const times = [];
    await page.evaluate(watchFromNow);
    for (const date of dates) times.push(await page.evaluate(rescore, date));
    return { millis: times.sort((a, b) => a - b)[times.length >> 1], longestFrame: await longestFrame(page) };
  });
}

/** How long after asking for the view of clusters it is drawn. */
export function clustered(url, path) {
  return fresh(`${url}#/rfm`, async (page) => {
    const gyeol = new Gyeol(page, url);
    await importFile(gyeol, path);
    await page.evaluate(watchFromNow);
    const asked = await page.evaluate(() => {
      location.hash = '#/clusters';
      return performance.now();
    });
    await gyeol.viewIs('clusters');
    return { millis: await gyeol.mark('gyeol:clusters-ready') - asked, longestFrame: await longestFrame(page) };
  });
}

/** How long after pressing "cancel" in the middle of an import the page is back at the mapping. */
export function cancelled(url, path) {
  return fresh(url, async (page) => {
    const gyeol = new Gyeol(page, url);
    await gyeol.atStage('empty');
    await gyeol.choose(path);
    await gyeol.atStage('mapping');
    await page.evaluate(watchFromNow);
    return { millis: await page.evaluate(cancelInTheMiddle), longestFrame: await longestFrame(page) };
  });
}

// Forgets the longest frame so far, counts how often a progress bar moves, and notes when the heat map of RFM first has
// its caption, which it gets from the picture once that is painted.
function watchFromNow() {
  globalThis.bench.longestFrame = 0;
  globalThis.bench.nUpdates = 0;
  const count = new MutationObserver((changes) => { globalThis.bench.nUpdates += changes.length; });
  count.observe(document.body, { subtree: true, attributeFilter: ['aria-valuenow'] });
  const picture = new MutationObserver(() => {
    if (!document.querySelector('[data-chart=rfm-grid] figcaption')?.textContent) return;
    globalThis.bench.pictureAt = performance.now();
    picture.disconnect();
  });
  picture.observe(document.body, { subtree: true, childList: true, characterData: true });
}

function longestFrame(page) {
  return page.evaluate(() => globalThis.bench.longestFrame);
}

async function cancelInTheMiddle() {
  const once = (holds) => new Promise((resolve) => {
    const look = () => holds() && (changes.disconnect(), resolve());
    const changes = new MutationObserver(look);
    changes.observe(document.body, { subtree: true, childList: true, attributes: true });
    look();
  });
  const stage = () => document.querySelector('main').dataset.stage;
  document.querySelector('[data-testid=import]').click();
  await once(() => stage() === 'importing' && document.querySelector('[data-testid=cancel]'));
  const start = performance.now();
  document.querySelector('[data-testid=cancel]').click();
  await once(() => stage() !== 'importing');
  return performance.now() - start;
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
