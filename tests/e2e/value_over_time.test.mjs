// The questions that need time, one after the other: who comes back, what they will be worth, how it was before, and
// who has moved since last month's file.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withGyeol } from './browser.mjs';
import { csv, orders } from './files.mjs';
import { Charts } from './pages/charts.mjs';

const TEXT = orders(4_000);
const CUT = '2024-06-30';

test('cohorts, the bake-off of lifetime models, the slider, and moves since last month’s file', () => withGyeol({}, async (gyeol, { page }) => {
  const [head, ...lines] = TEXT.trimEnd().split('\n');
  const early = lines.filter((line) => line.split(',')[2] <= CUT);
  await gyeol.take(csv('june.csv', [head, ...early].join('\n')));

  const cohorts = await gyeol.see('cohorts');
  assert.match(await cohorts.locator('.finding').innerText(), /\d+\.\d% of customers order again in the month after/);

  const lifetime = await gyeol.see('lifetime');
  const trial = lifetime.locator('table').filter({ hasText: 'BG/NBD' }).first();
  assert.match(await trial.innerText(), /Pareto\/NBD[^]*naive rate/i, 'each model is tried against the naive rate');

  const rfm = await gyeol.see('rfm');
  const charts = new Charts(rfm);
  const now = await charts.numbers('rfm-grid');
  await page.getByTestId('time-machine').press('Enter');
  await page.getByTestId('as-of-slider').press('PageDown');
  await charts.numbersOtherThan('rfm-grid', now);
  await page.locator('.file-facts').getByText(/without \d/).waitFor();
  const saved = await gyeol.see('customers').then(() => gyeol.download('customers'));
  assert.match(saved.name, /^june-customers-2024-\d\d-\d\d\.csv$/, 'a list of an earlier day says so in its name');
  await gyeol.byId('undo').click();
  await gyeol.hears(/Taken back: As of/);

  await gyeol.see('rfm');
  const project = await gyeol.see('data').then(() => gyeol.download('project'));
  await page.reload();
  await gyeol.atStage('empty');
  await gyeol.drop({ name: project.name, buffer: project.bytes });
  await gyeol.hears();
  await gyeol.take(csv('july.csv', TEXT));
  const movement = await gyeol.see('movement');
  await movement.getByTestId('movement-since').click();
  await gyeol.viewIs('movement');
  const moves = movement.getByRole('link', { name: /^Left .+: \d/ }).first();
  const n = Number((await moves.textContent()).replace(/\D/g, ''));
  await moves.click();
  await gyeol.viewIs('customers');
  const list = (await gyeol.download('selection')).bytes.toString('utf8').trimEnd().split('\n');
  assert.equal(list.length - 1, n);
  assert.match(list[0], /movement_then.*movement_now/);
}));
