// The screen on which columns get their roles.

export class Mapping {
  constructor(gyeol) {
    this.gyeol = gyeol;
  }

  select(role) {
    return this.gyeol.byId(`role-${role}`);
  }

  /** Roles that have a column, by the column's header. */
  async roles() {
    const pairs = await this.gyeol.page.locator('select[data-testid^=role-]').evaluateAll((selects) => (
      selects.map((select) => [select.dataset.testid.replace('role-', ''), select.value])));
    return Object.fromEntries(pairs.filter(([, header]) => header));
  }

  async give(role, header) {
    await this.select(role).selectOption(header);
  }
}
