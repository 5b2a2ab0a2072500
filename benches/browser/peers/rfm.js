// The same question to every peer: per customer the last date, distinct orders and money of rows that count, then fifths.

/** Collects rows one by one. */
export class Rfm {
  customers = new Map();
  nRows = 0;

  add(order, quantity, date, price, id) {
    if (!id || order.startsWith('C') || quantity <= 0 || price <= 0) return;
    this.nRows += 1;
    let customer = this.customers.get(id);
    if (!customer) this.customers.set(id, customer = { last: '', money: 0, orders: new Set() });
    if (date > customer.last) customer.last = date;
    customer.money += quantity * price;
    customer.orders.add(order);
  }

  done() {
    const all = [...this.customers.values()].map(({ last, orders, money }) => ({ last, n: orders.size, money }));
    for (const key of ['last', 'n', 'money']) {
      all.sort((a, b) => (a[key] < b[key] ? -1 : Number(a[key] > b[key])));
      all.forEach((customer, index) => { customer[`${key}Score`] = 1 + Math.floor((index * 5) / all.length); });
    }
    const money = all.reduce((sum, customer) => sum + customer.money, 0);
    return { nRows: this.nRows, nCustomers: all.length, money: Math.round(money) };
  }
}
