// `node tests/e2e/screenshots.mjs [folder] [--all]` draws the pictures of the README into docs/screenshots from sample data;
// with `--all` every stage and view in both languages, themes and widths, for looking at them.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, withGyeol } from './browser.mjs';
import { VIEWS } from './pages/gyeol.mjs';

const { values: { all }, positionals: [folder = join(ROOT, 'docs/screenshots')] } = parseArgs({
  options: { all: { type: 'boolean', default: false } },
  allowPositionals: true,
});

mkdirSync(folder, { recursive: true });
if (all) await everything();
else for (const language of ['ko', 'en']) await hero(language);

/** The view that shows most, as wide as a README. */
function hero(language) {
  return withGyeol({ language, locale: language, width: 1200, height: 750 }, async (gyeol, { page }) => {
    await gyeol.sample('shop');
    await gyeol.see('rfm');
    await page.screenshot({ path: join(folder, `rfm-${language}-light.png`) });
  });
}

async function everything() {
  for (const language of ['ko', 'en']) {
    for (const dark of [false, true]) {
      for (const [width, height] of [[1280, 800], [390, 844]]) await tour({ language, locale: language, dark, width, height });
    }
  }
}

function tour(options) {
  return withGyeol({ ...options, faultsExpected: true }, async (gyeol, { page }) => {
    const shoot = (name) => page.screenshot({
      path: join(folder, `${name}-${options.language}-${options.dark ? 'dark' : 'light'}-${options.width}.png`), fullPage: true,
    });
    await shoot('1-empty');
    await gyeol.byId('privacy').click();
    await shoot('2-privacy');
    await page.keyboard.press('Escape');
    await gyeol.byId('sample-shop').click();
    if (await gyeol.atStage('mapping', 'ready') === 'mapping') {
      await shoot('3-mapping');
      await gyeol.import();
    }
    for (const view of VIEWS) {
      await gyeol.see(view).catch(() => {});
      await shoot(`4-${view}`);
    }
  });
}
