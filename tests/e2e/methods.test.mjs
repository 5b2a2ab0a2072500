// Each method of clustering is chosen on the page, says what only it knows, and gives the bytes of the headless run.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { withGyeol } from './browser.mjs';
import { csv, orders } from './files.mjs';
import { headless, sameBytes } from './native.mjs';
import { Charts } from './pages/charts.mjs';
import { Settings } from './pages/settings.mjs';

const METHODS = ['k-means', 'hierarchical', 'gaussian-mixture', 'dbscan', 'optics', 'k-medoids'];

async function open(gyeol, folder) {
  const path = join(folder, 'shop.csv');
  writeFileSync(path, orders(4_000));
  await gyeol.take(path);
  await gyeol.see('rfm');
  const section = await gyeol.see('clusters');
  return { path, section, settings: new Settings(gyeol, section), charts: new Charts(section) };
}

// Chooses a method and waits until the traits are those of other clusters.
async function choose({ settings, charts }, method) {
  const before = await charts.numbers('cluster-traits');
  await settings.selectAt('method', METHODS.indexOf(method));
  await charts.numbersOtherThan('cluster-traits', before);
}

async function sameAsHeadless(gyeol, path, ...set) {
  await gyeol.see('overview');
  const saved = await gyeol.download('customers');
  const expected = headless(path, ...set.flatMap((one) => ['--set', one]));
  sameBytes(saved.bytes, expected['customers.csv'], 'customers.csv');
}

test('hierarchical clusters come with their tree, and the list is that of the headless run', () => withGyeol({}, async (gyeol, { folder }) => {
  const shop = await open(gyeol, folder);
  assert.ok(!(await shop.charts.names()).includes('cluster-tree'));
  await choose(shop, 'hierarchical');
  await shop.charts.canvas('cluster-tree').waitFor();
  assert.ok(await shop.charts.tableRows('cluster-tree') > 5);
  assert.ok(await shop.charts.colours('cluster-tree') > 5);
  const before = await shop.charts.numbers('cluster-traits');
  await shop.settings.selectAt('linkage', 2);
  await shop.charts.numbersOtherThan('cluster-traits', before);
  await sameAsHeadless(gyeol, shop.path, 'clusters.method="hierarchical"', 'clusters.linkage="complete"');
}));

test('a mixture gives a criterion and probabilities, the same as without a browser', () => withGyeol({ language: 'ko' }, async (gyeol, { folder }) => {
  const shop = await open(gyeol, folder);
  await choose(shop, 'gaussian-mixture');
  await shop.section.locator('.method-finding').filter({ hasText: /BIC/ }).waitFor();
  await shop.section.locator('.counts-table th').filter({ hasText: /BIC/ }).waitFor();
  await sameAsHeadless(gyeol, shop.path, 'clusters.method="gaussian-mixture"');
}));

test('a reach that is too small is a sentence, and a better one brings noise and clusters', () => withGyeol({}, async (gyeol, { folder }) => {
  const shop = await open(gyeol, folder);
  await shop.settings.selectAt('method', METHODS.indexOf('dbscan'));
  await shop.settings.number('eps', '0');
  await gyeol.viewIs('clusters', 'failed');
  assert.match(await gyeol.said(), /neighbours|reach/i);
  assert.equal(await shop.section.locator('#k').count(), 0);
  await shop.settings.selectAt('method', METHODS.indexOf('k-medoids'));
  await gyeol.viewIs('clusters');
  await shop.section.locator('.method-finding').filter({ hasText: /typical customer/ }).waitFor();
  await sameAsHeadless(gyeol, shop.path, 'clusters.method="k-medoids"', 'clusters.eps=0');
}));

test('what a genetic search finds is taken over by k-means, and the map can show neighbours', () => withGyeol({}, async (gyeol) => {
  await gyeol.take(csv('shop.csv', orders(1_500)));
  const section = await gyeol.see('clusters');
  const charts = new Charts(section);
  await section.locator('#method').selectOption({ label: 'Genetic search' });
  await section.getByText(/different clusterings were tried/).waitFor();
  await gyeol.viewIs('clusters');
  const searched = await charts.numbers('cluster-map');
  await gyeol.byId('take-search').press('Enter');
  await section.getByText(/different clusterings were tried/).waitFor({ state: 'detached' });
  await gyeol.viewIs('clusters');
  assert.equal(await charts.numbers('cluster-map'), searched, 'k-means with what was found makes the same clusters');
  await gyeol.keepsFocus('taking over');

  const caption = await charts.caption('cluster-map');
  await section.locator('#map').selectOption({ label: 'Neighbours (t-SNE)' });
  await section.getByText(/placed so that those who are alike stand together/).waitFor();
  await gyeol.viewIs('clusters');
  assert.notEqual(await charts.caption('cluster-map'), caption);
  assert.equal(await charts.numbers('cluster-map'), searched, 'the map changes no cluster');
}));

test('a column of regions counts as chosen, its levels are told, and the list is that of the headless run', () => withGyeol({}, async (gyeol, { folder }) => {
  const path = join(folder, 'regions.csv');
  const line = (n) => `c${n % 60},2024-0${1 + (n % 6)}-${10 + (n % 18)},${5 + (n * 7) % 90},${['Seoul', 'Busan', 'Jeju'][n % 3]}\n`;
  writeFileSync(path, `customer_id,order_date,revenue,region\n${Array.from({ length: 300 }, (_, n) => line(n)).join('')}`);
  await gyeol.take(path);
  const section = await gyeol.see('clusters');
  assert.equal(await gyeol.byId('clusters-levels').count(), 0);
  await gyeol.byId('categories').locator('summary').press('Enter');
  await gyeol.byId('categories').getByLabel('region').selectOption({ index: 1 });
  await gyeol.byId('clusters-levels').waitFor();
  await gyeol.viewIs('clusters');
  assert.match(await gyeol.byId('clusters-levels').innerText(), /region: (Seoul|Busan|Jeju) \d/);
  assert.ok(await section.getByRole('checkbox', { name: 'region', exact: true }).isChecked(), 'it is one of the features');
  await sameAsHeadless(gyeol, path, 'clusters.categories={"region":"one-hot"}');
}));
