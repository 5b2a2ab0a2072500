// axe-core in every view and stage, both languages, both themes, on a wide screen and a phone; and nothing sticks out.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { withGyeol } from './browser.mjs';
import { ORDERS, csv, orders } from './files.mjs';
import { VIEWS } from './pages/gyeol.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function violations(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate(async (values) => {
    const { violations: all } = await globalThis.axe.run(document, { runOnly: { type: 'tag', values } });
    return all.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} (${node.any[0]?.message ?? node.failureSummary})`));
  }, RULES);
  return found;
}

async function sticksOut(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    return document.documentElement.scrollWidth > width ? [`${document.documentElement.scrollWidth} of ${width} pixels`] : [];
  });
}

for (const language of ['ko', 'en']) {
  for (const dark of [false, true]) {
    for (const [width, height] of [[1280, 800], [390, 844], [320, 640]]) {
      const name = `${language}, ${dark ? 'dark' : 'light'}, ${width} pixels wide`;
      test(`no violation and nothing sticks out: ${name}`, () => withGyeol({ locale: language, dark, width, height, language }, async (gyeol, { page }) => {
        const problems = [];
        const look = async (where) => {
          for (const problem of [...await violations(page), ...await sticksOut(page)]) problems.push(`${where}: ${problem}`);
        };
        await look('empty');
        await gyeol.choose(csv('broken.csv', 'customer_id,order_date,revenue\n'));
        await gyeol.hears();
        await look('refused');
        await gyeol.choose(csv('shop.csv', orders(600)));
        await gyeol.atStage('mapping');
        await look('mapping');
        await gyeol.choose(ORDERS);
        await gyeol.import();
        for (const view of VIEWS) {
          await gyeol.see(view);
          await look(view);
        }
        await gyeol.see('rules');
        await gyeol.byId('add-rule').click();
        await gyeol.byId('add-condition').click();
        await look('a rule');
        await gyeol.byId('privacy').click();
        await look('privacy');
        await page.keyboard.press('Escape');
        const clusters = await gyeol.see('clusters');
        await clusters.locator('#k').fill('999');
        await clusters.locator('#k').press('Enter');
        await look('clusters that are not possible');
        assert.deepEqual(problems, []);
      }));
    }
  }
}

test('the page speaks the language it says it speaks', () => withGyeol({ locale: 'ko-KR' }, async (gyeol, { page }) => {
  for (const [language, letters, others] of [['ko', /[가-힣]/, null], ['en', /[A-Za-z]/, /[가-힣]{2,}/]]) {
    await gyeol.speak(language);
    const text = (await page.locator('main').innerText()).replace(/한국어|결 Gyeol/g, '');
    assert.match(text, letters);
    if (others) assert.doesNotMatch(text, others);
  }
}));

test('text twice as large still fits a phone', () => withGyeol({ width: 390, height: 844 }, async (gyeol, { page }) => {
  await gyeol.take(ORDERS);
  await page.evaluate(() => { document.documentElement.style.setProperty('font-size', '200%'); });
  for (const view of VIEWS) {
    await gyeol.see(view);
    assert.deepEqual(await sticksOut(page), [], view);
  }
}));

test('on a phone the bar of views has the present one in view and a shade where there are more', () => withGyeol({ width: 390, height: 800 }, async (gyeol, { page }) => {
  await gyeol.take(csv('shop.csv', 'customer,order_date,amount\n1,2024-01-01,5\n2,2024-01-02,7\n3,2024-03-04,7\n'));
  await gyeol.see('customers');
  const list = page.locator('.rail ul');
  assert.match(await list.evaluate((element) => getComputedStyle(element).backgroundAttachment), /local, local, scroll, scroll/);
  assert.ok(await list.evaluate((element) => element.scrollWidth > element.clientWidth));
  await page.waitForFunction(() => {
    const link = document.querySelector('.rail-link[aria-current]').getBoundingClientRect();
    return link.left >= 0 && link.right <= innerWidth;
  });
}));
