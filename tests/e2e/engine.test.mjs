// The engine is stopped, killed, or its file is taken away while it works.

import assert from 'node:assert/strict';
import { appendFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { withGyeol } from './browser.mjs';
import { ORDERS, writeLarge } from './files.mjs';

const MEGABYTES = 120;

async function startLarge(gyeol, folder) {
  const path = writeLarge(join(folder, 'large.csv'), MEGABYTES);
  await gyeol.choose(path);
  await gyeol.atStage('mapping');
  await gyeol.byId('import').click();
  await gyeol.atStage('importing');
  return path;
}

test('cancelling a long import gives the page back at once, and it can be started again', () => withGyeol({}, async (gyeol, { page, folder }) => {
  await startLarge(gyeol, folder);
  await page.waitForFunction(() => Number(document.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow')) > 0);
  await gyeol.byId('cancel').click();
  assert.equal(await gyeol.atStage('mapping', 'empty', 'ready'), 'mapping', 'the mapping is kept');
  await gyeol.byId('import').click();
  await gyeol.atStage('importing');
  await gyeol.byId('cancel').click();
  await gyeol.atStage('mapping');
  await gyeol.take(ORDERS);
  await gyeol.see('rfm');
}));

test('the page answers while a long import runs', () => withGyeol({}, async (gyeol, { page, folder }) => {
  await startLarge(gyeol, folder);
  await gyeol.speak('ko');
  await gyeol.speak('en');
  assert.equal(await gyeol.stage(), 'importing', 'both presses were answered before the import was over');
  await gyeol.atStage('ready');
  assert.ok(await page.locator('[data-testid=ledger], section[data-view]').count());
}));

test('a long computation shows how far it is, can be stopped, and can be asked for again', () => withGyeol({}, async (gyeol, { page }) => {
  const line = (n) => `c${n % 40_000},2024-${String(1 + (n * 7) % 12).padStart(2, '0')}-${10 + (n % 18)},${1 + (n * 37) % 900}\n`;
  const text = `customer_id,order_date,revenue\n${Array.from({ length: 100_000 }, (_, n) => line(n)).join('')}`;
  await gyeol.take({ name: 'many.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  const section = await gyeol.see('clusters');
  await section.locator('#method').selectOption({ label: 'Genetic search' });
  const work = gyeol.byId('work');
  await work.filter({ hasText: 'Clusters' }).waitFor();
  const share = () => Number(document.querySelector('[data-testid=work] [role=progressbar]')?.getAttribute('aria-valuenow'));
  await page.waitForFunction(share);
  await gyeol.byId('cancel').click();
  await gyeol.byId('stopped').waitFor();
  await gyeol.keepsFocus('stopping');
  await gyeol.hears(/stopped/i);
  await work.waitFor({ state: 'detached' });
  assert.notEqual(await section.getAttribute('data-state'), 'running');
  await gyeol.byId('compute').click();
  await section.getByText(/different clusterings were tried/).waitFor();
  await gyeol.viewIs('clusters');
  assert.equal(await gyeol.byId('stopped').count(), 0);
}));

test('a second file while one is read is answered and harms nothing', () => withGyeol({}, async (gyeol, { folder }) => {
  await startLarge(gyeol, folder);
  await gyeol.drop(ORDERS);
  await gyeol.hears();
  await gyeol.atStage('ready', 'mapping');
}));

test('two files dropped at once that do not go together: one is taken and a sentence says why the other is not', () => withGyeol({}, async (gyeol) => {
  await gyeol.drop(ORDERS, { name: 'second.csv', buffer: Buffer.from('a,b\n1,2\n') });
  await gyeol.hears(/Not recognised/);
  await gyeol.import();
  await gyeol.see('rfm');
}));

test('a killed engine is started again and the results stay', () => withGyeol({ faultsExpected: true }, async (gyeol, { page }) => {
  await gyeol.take(ORDERS);
  await gyeol.see('rfm');
  await crash(page);
  await gyeol.hears();
  await gyeol.viewIs('rfm');
  await gyeol.see('clusters');
  await gyeol.see('customers');
  const { bytes } = await gyeol.download('customers');
  assert.ok(bytes.length > 10_000);
}));

test('an engine killed during an import takes the import up again', () => withGyeol({ faultsExpected: true }, async (gyeol, { page, folder }) => {
  await startLarge(gyeol, folder);
  await crash(page);
  await gyeol.atStage('ready');
  await gyeol.see('rfm');
}));

// An uncaught error of the engine is what a panic looks like from outside.
async function crash(page) {
  const [engine] = page.workers();
  await engine.evaluate(() => { setTimeout(() => { throw new Error('killed by the journey'); }); });
}

for (const [how, harm] of [
  ['changed', (path) => appendFileSync(path, 'x')],
  ['cut short', (path) => truncateSync(path, 1_000)],
  ['deleted', (path) => rmSync(path)],
]) {
  test(`a file that is ${how} while it is read gets a sentence, and the page goes on`, () => withGyeol({}, async (gyeol, { folder }) => {
    const path = await startLarge(gyeol, folder);
    harm(path);
    const stage = await gyeol.atStage('mapping', 'failed', 'empty', 'ready');
    if (stage !== 'ready') assert.match(await gyeol.hears(), /\S{3,}/);
    await gyeol.take(ORDERS);
    await gyeol.see('rfm');
  }));
}
