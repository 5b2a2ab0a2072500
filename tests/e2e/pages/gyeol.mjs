// The page as a person uses it: every selector of the journeys that is not about one screen stands here once.
// Waits are for attributes of the page, never for a time.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

export const VIEWS = [
  'overview', 'advice', 'rfm', 'lifecycle', 'value', 'rhythm', 'lifetime', 'cohorts', 'rules', 'clusters', 'stability', 'compare', 'explain',
  'prediction', 'movement', 'customers', 'data', 'columns',
];

export class Gyeol {
  constructor(page, url) {
    this.page = page;
    this.url = url;
  }

  /** Loads the page and waits until a file can be chosen. */
  async open({ language, theme } = {}) {
    await this.page.goto(this.url);
    await this.atStage('empty');
    if (language) await this.speak(language);
    if (theme) await this.paint(theme);
  }

  /** Waits for a stage; `names` are alternatives. */
  async atStage(...names) {
    const any = names.map((name) => `main[data-stage="${name}"]`).join(', ');
    await this.page.locator(any).first().waitFor({ state: 'attached' });
    return this.stage();
  }

  stage() {
    return this.page.locator('main[data-stage]').getAttribute('data-stage');
  }

  byId(id) {
    return this.page.getByTestId(id);
  }

  /** Chooses files by the file input: paths, or `{ name, mimeType, buffer }`. */
  async choose(...files) {
    await this.page.locator('input[type=file][data-testid=file-input]').setInputFiles(files);
  }

  /** Drops files on the window. */
  async drop(...files) {
    const carried = files.map((file) => (typeof file === 'string'
      ? { name: basename(file), text: readFileSync(file, 'latin1') }
      : { name: file.name, text: file.buffer.toString('latin1') }));
    const transfer = await this.page.evaluateHandle((list) => {
      const data = new DataTransfer();
      for (const { name, text } of list) {
        const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], name));
      }
      return data;
    }, carried);
    for (const type of ['dragenter', 'dragover', 'drop']) {
      await this.page.dispatchEvent('main', type, { dataTransfer: transfer });
    }
  }

  /** Confirms the mapping and waits for results. */
  async import() {
    await this.atStage('mapping');
    await this.byId('import').click();
    await this.atStage('ready');
  }

  /** Chooses a file, takes the guessed mapping and imports it. */
  async take(file) {
    const n_before = await this.page.evaluate(() => performance.getEntriesByName('gyeol:previewed').length);
    await this.choose(file);
    // The mapping of an earlier file may still be shown: wait for a look at this one.
    await this.page.waitForFunction((n) => performance.getEntriesByName('gyeol:previewed').length > n, n_before);
    await this.import();
  }

  /** One press on a sample; goes on through the mapping where it stops there. */
  async sample(name) {
    await this.byId(`sample-${name}`).click();
    if (await this.atStage('mapping', 'ready') === 'mapping') await this.import();
  }

  /** Goes to a view by its address and waits for its answer; `states` are alternatives. */
  async see(view, ...states) {
    await this.page.evaluate((hash) => { location.hash = hash; }, `#/${view}`);
    return this.viewIs(view, ...states);
  }

  async viewIs(view, ...states) {
    const wanted = states.length ? states : ['ready'];
    await this.page.locator(wanted.map((state) => `section[data-view="${view}"][data-state="${state}"]`).join(', ')).waitFor();
    return this.page.locator(`section[data-view="${view}"]`);
  }

  /** Presses a download and gives its name and bytes. */
  async download(what) {
    return this.downloadBy(this.byId(`download-${what}`).first());
  }

  async downloadBy(button) {
    const [download] = await Promise.all([this.page.waitForEvent('download'), button.click()]);
    const bytes = readFileSync(await download.path());
    return { name: download.suggestedFilename(), bytes };
  }

  async speak(language) {
    await this.choice('language', language);
    await this.page.locator(`html[lang="${language}"]`).waitFor({ state: 'attached' });
  }

  async paint(theme) {
    await this.choice('theme', theme);
  }

  // A switch may be a list, or buttons that name their value.
  async choice(id, value) {
    const control = this.byId(id);
    const tag = await control.first().evaluate((element) => element.tagName);
    if (tag === 'SELECT') await control.selectOption(value);
    else await this.page.locator(`[data-testid="${id}"][value="${value}"], [data-testid="${id}"] [value="${value}"]`).first().click();
  }

  /** What alerts and notices say now, joined. */
  async said() {
    const texts = await this.page.locator('[role=alert]:visible, [role=status]:visible').allInnerTexts();
    return texts.map((text) => text.trim()).filter(Boolean).join('\n');
  }

  /** Waits until an alert or notice says something, and gives it. */
  async hears(pattern = /\S.{15,}/s) {
    await this.page.waitForFunction(([source, flags]) => {
      const texts = [...document.querySelectorAll('[role=alert], [role=status]')].map((element) => element.innerText);
      return new RegExp(source, flags).test(texts.join('\n'));
    }, [pattern.source, pattern.flags]);
    return this.said();
  }

  /** The element that has the keyboard, named for messages; the body means that focus was lost. */
  focused() {
    return this.page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return 'body';
      return `${element.tagName.toLowerCase()}#${element.id}[${element.dataset.testid ?? element.textContent.trim().slice(0, 30)}]`;
    });
  }

  async keepsFocus(step) {
    assert.notEqual(await this.focused(), 'body', `focus was lost after ${step}`);
  }

  /** When a performance mark was set, in milliseconds; undefined where it was not. */
  mark(name) {
    return this.page.evaluate((wanted) => performance.getEntriesByName(wanted).at(-1)?.startTime, name);
  }
}
