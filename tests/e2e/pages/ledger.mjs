// The account of the file on the data view. Money is compared as whole numbers of its smallest unit: no rounding anywhere.

export class LedgerView {
  constructor(gyeol) {
    this.gyeol = gyeol;
    this.rows = gyeol.page.locator('[data-testid=ledger] [data-bucket]');
  }

  async open() {
    await this.gyeol.see('data');
    await this.rows.first().waitFor();
    return this;
  }

  /** `{ used: { rows, money } … }` with `rows` whole and `money` as `{ digits, places }`. */
  async buckets() {
    const read = await this.rows.evaluateAll((rows) => rows.map((row) => [row.dataset.bucket, row.dataset.rows, row.dataset.money]));
    return Object.fromEntries(read.map(([kind, rows, money]) => [kind, { rows: BigInt(rows), money: exact(money) }]));
  }

  /** Switches whether rows with this reason are left out, and waits until the used rows have changed. */
  async toggle(reason) {
    const used = this.gyeol.page.locator('[data-testid=ledger] [data-bucket=used]');
    const before = await used.getAttribute('data-rows');
    await this.gyeol.byId(`leave-out-${reason}`).click();
    await this.gyeol.page.waitForFunction(
      (old) => document.querySelector('[data-testid=ledger] [data-bucket=used]')?.dataset.rows !== old,
      before,
    );
  }
}

/** A plain decimal as whole digits and decimal places. */
export function exact(text) {
  const [whole, fraction = ''] = (text || '0').split('.');
  return { digits: BigInt(whole + fraction), places: fraction.length };
}

/** The sum of rows and of money over all buckets, money with `places` decimals. */
export function total(buckets, places = 12) {
  const all = Object.values(buckets);
  return {
    rows: all.reduce((sum, bucket) => sum + bucket.rows, 0n),
    money: all.reduce((sum, { money }) => sum + money.digits * 10n ** BigInt(places - money.places), 0n),
  };
}
