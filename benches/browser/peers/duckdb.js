// DuckDB-Wasm (eh, one thread) as its manual shows it: a worker of its own, the file registered by its handle.

import * as duckdb from '@duckdb/duckdb-wasm';

const PLACE = new URL('../peer/@duckdb/duckdb-wasm/dist/', document.baseURI);
const COUNTED = `where "Customer ID" is not null and cast(Invoice as varchar) not like 'C%' and Quantity > 0 and Price > 0`;
const question = (source) => `with c as (
  select "Customer ID" id, max(InvoiceDate) latest, count(distinct Invoice) n_orders, sum(Quantity * Price) money, count(*) n_rows
  from ${source} ${COUNTED} group by 1)
  select *, ntile(5) over (order by latest) r, ntile(5) over (order by n_orders) f, ntile(5) over (order by money) m from c`;

export async function boot() {
  const db = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), new Worker(new URL('duckdb-browser-eh.worker.js', PLACE)));
  await db.instantiate(new URL('duckdb-eh.wasm', PLACE).href, null);
  const connection = await db.connect();
  await connection.query('select 42');
  return { db, connection };
}

/** `how`: `query` asks the file itself, `table` reads it into a table first. */
export async function run({ db, connection }, file, how) {
  await db.registerFileHandle('orders.csv', file, duckdb.DuckDBDataProtocol.BROWSER_FILEREADER, true);
  const source = `read_csv('orders.csv')`;
  if (how === 'table') await connection.query(`create or replace table orders as select * from ${source}`);
  const result = await connection.query(question(how === 'table' ? 'orders' : source));
  const sum = (name) => Array.from(result.getChild(name).toArray(), Number).reduce((total, value) => total + value, 0);
  return { nRows: sum('n_rows'), nCustomers: result.numRows, money: Math.round(sum('money')) };
}
