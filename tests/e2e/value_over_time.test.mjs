// The questions that need time, one after the other: who comes back, what they will be worth, how it was before, and
// who has moved since last month’s file.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withGyeol } from './browser.mjs';
import { csv, orders } from './files.mjs';
import { Charts } from './pages/charts.mjs';

const TEXT = orders(4_000);
const CUT = '2023-12-31';

/** Rows of a saved list as objects; no cell of these files has a comma or a quote. */
function rowsOf(bytes) {
  const [head, ...lines] = bytes.toString('utf8').replace('\uFEFF', '').trimEnd().split('\r\n');
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, place) => [names[place], cell])));
}

/** Ticks the box beside the slider and goes a month back: the clusters stay, who is in them does not. */
async function heldClusters(gyeol, page) {
  const clusters = await gyeol.see('clusters');
  const charts = new Charts(clusters);
  const names = () => clusters.locator('.segment-table .segment-name').allInnerTexts();
  const before = await names();
  const now = await charts.numbers('cluster-map');
  if (await page.getByTestId('as-of-slider').count() === 0) await page.getByTestId('time-machine').press('Enter');
  const hold = page.getByTestId('hold-boundaries');
  await page.locator('label', { has: hold }).filter({ hasText: 'Clusters' }).waitFor();
  await hold.press('Space');
  await gyeol.viewIs('clusters');
  assert.equal(await clusters.getByTestId('hold-clusters').isChecked(), true);
  await page.getByTestId('as-of-slider').press('PageDown');
  await charts.numbersOtherThan('cluster-map', now);
  await gyeol.viewIs('clusters');
  assert.ok(before.length >= 5);
  assert.deepEqual((await names()).slice(0, 5), before.slice(0, 5), 'numbers and names are those of the day that is held');
  assert.equal(await clusters.getByTestId('silhouette').count(), 0, 'nothing was fitted');
}

test('sample data, cohorts, the bake-off of lifetime models, the slider, and clusters that are held on it', () => withGyeol({}, async (gyeol, { page }) => {
  await gyeol.sample('cdnow');
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
  assert.match(saved.name, /-customers-\d{4}-\d\d-\d\d\.csv$/, 'a list of an earlier day says so in its name');
  await gyeol.byId('undo').click();
  await gyeol.hears(/Taken back: As of/);
  await heldClusters(gyeol, page);
}));

test('two files: those who were Champions and are at risk are saved as a list', () => withGyeol({}, async (gyeol, { page }) => {
  const [head, ...lines] = TEXT.trimEnd().split('\n');
  const early = lines.filter((line) => line.split(',')[2] <= CUT);
  await gyeol.take(csv('december.csv', [head, ...early].join('\n')));
  await gyeol.see('rfm');
  const project = await gyeol.see('data').then(() => gyeol.download('project'));
  const { kept } = JSON.parse(project.bytes.toString('utf8'));
  assert.ok(kept.known.n_customers > 100 && kept.known.n_orders > 500);

  await page.reload();
  await gyeol.atStage('empty');
  await gyeol.drop({ name: project.name, buffer: project.bytes });
  await gyeol.hears();
  await gyeol.take(csv('later.csv', TEXT));
  const movement = await gyeol.see('movement');
  assert.equal(await movement.getByTestId('movement-earlier').inputValue(), kept.as_of, 'the project’s date is the usual one');
  await movement.getByTestId('movement-since').click();
  await gyeol.viewIs('movement');
  await movement.getByTestId('movement-project').waitFor();
  const cell = movement.getByRole('link', { name: /^Champions → At risk: \d/ }).first();
  const wanted = Number((await cell.textContent()).replace(/\D/g, ''));
  assert.ok(wanted > 0);
  await cell.click();
  await gyeol.viewIs('customers');
  const list = await gyeol.download('selection');
  assert.equal(list.name, 'later-customers-movement-champions-to-at-risk.csv');
  const rows = rowsOf(list.bytes);
  assert.equal(rows.length, wanted);
  for (const row of rows) assert.deepEqual([row.movement_then, row.movement_now], ['Champions', 'At risk']);
}));

test('a file of new orders alone is told that the earlier ones are missing', () => withGyeol({}, async (gyeol, { page }) => {
  const [head, ...lines] = TEXT.trimEnd().split('\n');
  const part = (isIn) => [head, ...lines.filter((line) => isIn(line.split(',')[2] <= CUT))].join('\n');
  await gyeol.take(csv('december.csv', part((isEarly) => isEarly)));
  const project = await gyeol.see('data').then(() => gyeol.download('project'));
  await page.reload();
  await gyeol.atStage('empty');
  await gyeol.drop({ name: project.name, buffer: project.bytes });
  await gyeol.hears();
  await gyeol.take(csv('later.csv', part((isEarly) => !isEarly)));
  const movement = await gyeol.see('movement');
  await movement.getByTestId('movement-since').click();
  await page.getByText('Open the file of the earlier orders together with this one').first().waitFor();
}));
