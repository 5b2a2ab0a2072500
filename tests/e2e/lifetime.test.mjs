// Lifetime values in the browser: the model and its trial, what is to come of each tier, and the list sorted by it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT, withGyeol } from './browser.mjs';
import { csv } from './files.mjs';
import { Settings } from './pages/settings.mjs';

const PICTURES = ['spread', 'tracking', 'trial', 'calibration', 'orders', 'alive'];

test('the sample has a trial, pictures with twins, and tiers that add up', () => withGyeol({}, async (gyeol) => {
  await gyeol.sample('cdnow');
  const section = await gyeol.see('lifetime');
  assert.match(await section.locator('[data-testid=lifetime-checks] li').first().innerText(), /smallest root mean squared error/);
  for (const name of PICTURES) {
    assert.equal(await section.locator(`figure[data-chart=lifetime-${name}]`).count(), 1, name);
  }
  const tiers = section.locator('table').filter({ hasText: 'What is to come, by tier' });
  const counts = await tiers.locator('tbody tr td:nth-child(2)').allInnerTexts();
  const numbers = counts.map((text) => Number(text.replaceAll(',', '')));
  assert.equal(numbers.length, 5);
  assert.equal(numbers.slice(0, 4).reduce((sum, one) => sum + one, 0), numbers[4]);
}));

test('the interval of the mean, what will happen and the truth of the trial are told apart', () => withGyeol({}, async (gyeol) => {
  await gyeol.sample('cdnow');
  const section = await gyeol.see('lifetime');
  const checks = await section.locator('[data-testid=lifetime-checks]').innerText();
  const ends = (start) => {
    const [low, high] = checks.match(new RegExp(`${start}[^\\n]*? from ([\\d,]+) to ([\\d,]+)`)).slice(1);
    return [low, high].map((text) => Number(text.replaceAll(',', '')));
  };
  const mean = ends('Confidence interval of the mean');
  const future = ends('Prediction interval of what will happen');
  assert.ok(future[0] < mean[0] && mean[1] < future[1], checks);
  const trial = await section.locator('figure[data-chart=lifetime-trial]').innerText();
  assert.match(trial, /The truth lies (within|outside) the prediction interval/);
}));

test('a horizon beyond the history makes the headline cautious', () => withGyeol({}, async (gyeol) => {
  await gyeol.sample('cdnow');
  const section = await gyeol.see('lifetime');
  await new Settings(gyeol, section).number('horizon_days', 3_000);
  await section.locator('.finding').filter({ hasText: 'Not to be relied on: 3,000 days ahead' }).waitFor();
}));

test('an order of 2099 is the first reason for care, and the date that is named for it leaves it out', () => withGyeol({}, async (gyeol) => {
  const text = readFileSync(join(ROOT, 'public/samples/cdnow.csv'), 'utf8');
  await gyeol.take(csv('orders.csv', `${text.trimEnd()}\n00004,2099-01-01,1,10.00\n`));
  const section = await gyeol.see('lifetime');
  await section.locator('.finding').filter({ hasText: 'Not to be relied on: 1 order long after all others (1 Jan 2099)' }).waitFor();
  await section.locator('[data-testid=lifetime-checks]').filter({ hasText: 'set the as-of date to 1 Jul 1998' }).waitFor();
  const movement = await gyeol.see('movement');
  await movement.locator('.finding').filter({ hasText: '1 order stands alone on 1 Jan 2099' }).waitFor();
  await gyeol.see('lifetime');
  await new Settings(gyeol, section).asOf('1998-07-01');
  await section.locator('.finding').filter({ hasText: 'Today’s customers are expected' }).waitFor();
}));

test('the days of the trial go back to automatic', () => withGyeol({}, async (gyeol) => {
  await gyeol.sample('cdnow');
  const section = await gyeol.see('lifetime');
  const automatic = gyeol.byId('holdout-auto');
  const usual = await section.locator('#holdout_days').inputValue();
  assert.ok(await automatic.isChecked());
  await new Settings(gyeol, section).number('holdout_days', 90);
  await section.locator('[data-testid=lifetime-checks]').filter({ hasText: 'following 90 days' }).waitFor();
  assert.ok(!(await automatic.isChecked()));
  await automatic.check();
  await section.locator('[data-testid=lifetime-checks]').filter({ hasText: `following ${usual} days` }).waitFor();
}));

test('the list of customers is sorted by what was forecast', () => withGyeol({}, async (gyeol, { page }) => {
  await gyeol.sample('cdnow');
  await gyeol.see('customers');
  const before = await page.locator('.customer-list button.sort').count();
  await gyeol.see('lifetime');
  await gyeol.see('customers');
  const sorts = page.locator('.customer-list button.sort');
  assert.equal(await sorts.count(), before + 2);
  await gyeol.byId('lifetime-columns').filter({ hasText: 'in the next 365 days, discounted by 10.0% a year' }).waitFor();
  await sorts.filter({ hasText: 'Expected value' }).click();
  await page.locator('.customer-list th[aria-sort=descending]').filter({ hasText: 'Expected value' }).waitFor();
  const worth = () => page.locator('.customer-list tbody tr td:nth-child(6)').allInnerTexts();
  await page.waitForFunction(() => !document.querySelector('.customer-list td.waiting'));
  const numbers = (await worth()).map((text) => Number(text.replaceAll(',', '')));
  assert.ok(numbers.length > 3);
  assert.deepEqual(numbers, [...numbers].sort((a, b) => b - a));
}));
