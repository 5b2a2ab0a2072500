// Fields beside the pictures. A value applies when its field is left or Enter is pressed.

export class Settings {
  constructor(gyeol, section) {
    this.gyeol = gyeol;
    this.section = section;
  }

  async asOf(date) {
    const field = this.gyeol.byId('as-of');
    await field.fill(date);
    await field.blur();
  }

  async number(id, value) {
    const field = this.section.locator(`#${id}`);
    await field.fill(String(value));
    await field.press('Enter');
  }

  selectAt(id, index) {
    return this.section.locator(`#${id}`).selectOption({ index });
  }

  radio(name, index) {
    return this.section.locator(`input[type=radio][name="${name}"]`).nth(index).check();
  }

  /** Switches a feature of the clustering off. */
  feature(index) {
    return this.section.locator('.settings input[type=checkbox]').nth(index).uncheck();
  }

  /** The lowest cut point of a measure. */
  async cutPoint(measure) {
    return Number(await this.section.locator(lowest(measure)).inputValue());
  }

  cutPointBecomes(measure, value) {
    return this.gyeol.page.waitForFunction(
      ([selector, wanted]) => Math.abs(Number(document.querySelector(selector)?.value) - wanted) < 1e-3,
      [lowest(measure), value],
    );
  }

  undo() {
    return this.gyeol.byId('undo').click();
  }
}

function lowest(measure) {
  return `.cut-points-of:has(#cuts-${measure}-problem) input:first-of-type`;
}
