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
