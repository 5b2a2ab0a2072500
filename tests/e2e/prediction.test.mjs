// A prediction in the browser: how honest it is, what it says, and that a refusal is a sentence with a way out.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { withGyeol } from './browser.mjs';
import { csv, orders } from './files.mjs';
import { headless, sameBytes } from './native.mjs';
import { Settings } from './pages/settings.mjs';

const TEXT = orders(4_000);

test('a prediction says how much better than guessing it is, or that it is not', () => withGyeol({}, async (gyeol) => {
  await gyeol.take(csv('shop.csv', TEXT));
  const section = await gyeol.see('prediction');
  assert.match(await section.locator('.finding').innerText(), /guessing/);
  const metrics = await section.locator('[data-testid=prediction-metrics] tbody tr').count();
  assert.equal(metrics, 7);
  assert.equal(await section.locator('figure[data-chart=prediction-gain]').count(), 1);
  assert.equal(await section.locator('figure[data-chart=prediction-calibration]').count(), 1);
  await gyeol.byId('target').selectOption({ label: 'Spending within the days' });
  await section.locator('[data-testid=prediction-metrics]').filter({ hasText: 'R²' }).waitFor();
  assert.equal(await section.locator('[data-testid=prediction-confusion]').count(), 0);
}));

test('days that the file does not have are refused with a way out', () => withGyeol({}, async (gyeol) => {
  await gyeol.take(csv('shop.csv', TEXT));
  const section = await gyeol.see('prediction');
  await new Settings(gyeol, section).number('days', 3_000);
  await section.locator('.problem').filter({ hasText: 'Look fewer days ahead' }).waitFor();
  await new Settings(gyeol, section).number('days', 30);
  await section.locator('[data-testid=prediction-metrics]').waitFor();
  await new Settings(gyeol, section).number('days', 3_000);
  const wayOut = gyeol.byId('prediction-use-days');
  await wayOut.waitFor();
  assert.equal(await section.locator('.settings input[type=checkbox]').count(), 0, 'nothing to choose from without a report');
  const [days] = (await wayOut.innerText()).match(/\d+/);
  await wayOut.click();
  await section.locator('[data-testid=prediction-metrics]').waitFor();
  assert.equal(await section.locator('#days').inputValue(), days);
}));

test('sample data: who and how many, the list of the top tenth, and its file with the predictions', () => withGyeol({}, async (gyeol, { page }) => {
  await gyeol.sample('cdnow');
  const section = await gyeol.see('prediction');
  const people = await gyeol.byId('prediction-people').innerText();
  const [, n, all] = (await section.locator('.finding').innerText()).match(/About ([\d,]+) of ([\d,]+) customers will order again within 90 days/).map((text) => Number(text.replaceAll(',', '')));
  assert.ok(n > 0 && n < all, people);
  assert.match(people, /The top \d+% of the prediction reach \d+% of those who ordered again/);
  const top = Number((await section.locator('.segment-table tbody tr:first-child td:nth-child(2)').first().innerText()).replaceAll(',', ''));
  await gyeol.byId('prediction-list').click();
  const list = await gyeol.viewIs('customers');
  await list.locator('.finding').filter({ hasText: 'Predicted top 10%' }).waitFor();
  await page.locator('[data-testid=list-segmentations] > summary').click();
  const ticked = page.locator('[data-testid=list-segmentations] input[value=prediction]');
  if (!await ticked.isChecked()) await ticked.check();
  const [head, ...rows] = (await gyeol.download('selection')).bytes.toString('utf8').trim().split('\n').map((line) => line.trim().split(','));
  const place = head.indexOf('predicted');
  assert.ok(place > 0, head.join());
  assert.equal(rows.length, top);
  assert.ok(rows.every((row) => Number(row[place]) > 0 && row[place + 1] === 'Predicted top 10%'));
}));

test('where recency and frequency alone do as well, one press makes them the model', () => withGyeol({}, async (gyeol) => {
  await gyeol.sample('cdnow');
  const section = await gyeol.see('prediction');
  await section.locator('.finding').filter({ hasText: 'about as good as recency and frequency alone' }).waitFor();
  await gyeol.byId('prediction-simple').click();
  await section.locator('[data-testid=prediction-metrics] thead').filter({ hasNotText: 'Simple' }).waitFor();
  assert.equal(await section.locator('.settings input[type=checkbox]:checked').count(), 2);
  assert.equal(await gyeol.byId('prediction-simple').count(), 0);
  await gyeol.byId('undo').click();
  await gyeol.byId('prediction-simple').waitFor();
}));

test('money gives the threshold, and the predictions are saved as without a browser', () => withGyeol({}, async (gyeol, { page, folder }) => {
  const path = join(folder, 'shop.csv');
  writeFileSync(path, TEXT);
  await gyeol.take(path);
  const section = await gyeol.see('prediction');
  await new Settings(gyeol, section).number('hit_value', 20);
  await new Settings(gyeol, section).number('contact_cost', 5);
  await section.locator('[data-testid=prediction-profit]').filter({ hasText: '25.0%' }).waitFor();
  await gyeol.see('customers');
  await page.locator('[data-testid=list-segmentations] > summary').click();
  await page.locator('[data-testid=list-segmentations] input[value=prediction]').check();
  const saved = (await gyeol.download('customers')).bytes;
  const chosen = ['--set', 'customers.segmentations=["prediction"]', '--set', 'prediction.hit_value=20', '--set', 'prediction.contact_cost=5'];
  sameBytes(saved, headless(path, ...chosen)['customers.csv'], 'customers.csv');
}));
