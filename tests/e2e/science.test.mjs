// From advice to a list: the journey of somebody who wants segments that hold up and can be explained.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { withGyeol } from './browser.mjs';
import { orders } from './files.mjs';
import { headless, sameBytes } from './native.mjs';
import { Charts } from './pages/charts.mjs';
import { Settings } from './pages/settings.mjs';
import { bigSpenders } from './pages/rules.mjs';

const TEXT = orders(1_500);

test('advice, own rules, clusters with verdict and passport, a comparison, and the list of it all', () => withGyeol({}, async (gyeol, { page, folder }) => {
  const path = join(folder, 'shop.csv');
  writeFileSync(path, TEXT);
  await gyeol.take(path);

  const advice = await gyeol.see('advice');
  assert.match(await advice.locator('.finding').innerText(), /\S{3,}/);
  await advice.locator('button[data-testid^="take-"]').first().click();

  await gyeol.see('rules');
  await bigSpenders(gyeol);
  await page.locator('.segment-table').filter({ hasText: 'Big spenders' }).waitFor();

  const clusters = await gyeol.see('clusters');
  const verdict = await new Charts(clusters).caption('cluster-counts');
  assert.match(verdict, /\S{3,}/);
  await new Settings(gyeol, clusters).number('k', 3);
  await gyeol.viewIs('clusters');
  await gyeol.byId('see-stability').click();
  const passport = await gyeol.viewIs('stability');
  assert.equal(await passport.locator('table').first().locator('tbody tr').count(), 3, 'a line for each cluster');

  const compare = await gyeol.see('compare');
  assert.match(await compare.innerText(), /0\.\d+/, 'how far they agree is a number');
  const cell = compare.locator('a[id^="compare-"]').first();
  const n = await cell.innerText();
  await cell.click();
  const pair = await gyeol.viewIs('customers');
  await page.waitForFunction(([text, n]) => document.querySelector(text)?.textContent.includes(n), ['section[data-view="customers"] .finding', n]);
  assert.match(await pair.locator('.finding').innerText(), new RegExp(n), 'the list holds who is in both segments');
  await gyeol.byId('list-clear').click();

  await gyeol.see('customers');
  await page.locator('[data-testid=list-segmentations] > summary').click();
  await page.locator('[data-testid=list-segmentations] input[value=rules]').check();
  const project = await gyeol.download('project');
  const saved = (await gyeol.download('customers')).bytes;
  const head = saved.toString('utf8').split('\n')[0];
  for (const column of ['rfm_segment', 'cluster', 'rules']) assert.ok(head.includes(column), column);
  const settings = join(folder, 'again.json');
  writeFileSync(settings, project.bytes);
  sameBytes(saved, headless(path, '--project', settings)['customers.csv'], 'customers.csv');
}));
