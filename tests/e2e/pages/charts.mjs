// The figures of one view: canvas, sentence, table twin.

export class Charts {
  constructor(section) {
    this.section = section;
  }

  figure(name) {
    return this.section.locator(`figure[data-chart="${name}"]`);
  }

  canvas(name) {
    return this.figure(name).locator('canvas').first();
  }

  names() {
    return this.section.locator('figure[data-chart]').evaluateAll((figures) => figures.map((figure) => figure.dataset.chart));
  }

  caption(name) {
    return this.figure(name).locator('figcaption').first().innerText();
  }

  tableRows(name) {
    return this.figure(name).locator('table tr').count();
  }

  /** The table twin as one text. */
  numbers(name) {
    return this.figure(name).locator('table').evaluate((table) => table.textContent);
  }

  /** The table twin once it says something else. */
  async numbersOtherThan(name, before) {
    await this.section.page().waitForFunction(
      ([selector, old]) => {
        const text = document.querySelector(selector)?.textContent;
        return text && text !== old;
      },
      [`section[data-view][data-state=ready] figure[data-chart="${name}"] table`, before],
    );
    return this.numbers(name);
  }

  /** How many different colours the canvas shows; a blank one has one. */
  colours(name) {
    return this.canvas(name).evaluate((canvas) => {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    });
  }

  /** The pixels as one text, to see whether they change. */
  pixels(name) {
    return this.canvas(name).evaluate((canvas) => canvas.toDataURL());
  }

  async changed(name, before) {
    const canvas = await this.canvas(name).elementHandle();
    await this.section.page().waitForFunction(([element, old]) => element.toDataURL() !== old, [canvas, before]);
  }

  size(name) {
    return this.canvas(name).evaluate((canvas) => ({ width: canvas.width, shown: canvas.getBoundingClientRect().width }));
  }

  /** Waits until the figure tells something of a mark. */
  async says(name, pattern) {
    await this.figure(name).locator('[aria-live]').filter({ hasText: pattern }).first().waitFor({ state: 'attached' });
  }
}
