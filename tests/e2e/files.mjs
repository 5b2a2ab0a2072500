// Files for the journeys, made from constants so that every run has the same bytes.

import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './browser.mjs';

/** Real orders: made-up names with apostrophes, whole amounts, ISO dates (MIT). */
export const ORDERS = join(ROOT, 'tests/fixtures/rfm_data_orders.csv');

/** A CSV as the browser's file input takes it. */
export function csv(name, text) {
  return { name, mimeType: 'text/csv', buffer: Buffer.isBuffer(text) ? text : Buffer.from(text) };
}

/** Numbers from 0 up to 1, the same each time (Park & Miller 1988). */
export function random(seed) {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Text in CP949, by turning the decoder round; letters that it does not have are dropped. */
export function cp949(text) {
  const decoder = new TextDecoder('euc-kr');
  const pairs = new Map();
  for (let lead = 0x81; lead < 0xff; lead += 1) {
    for (let trail = 0x41; trail < 0xff; trail += 1) pairs.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
  }
  return Buffer.from([...text].flatMap((letter) => (letter.charCodeAt(0) < 0x80 ? [letter.charCodeAt(0)] : pairs.get(letter) ?? [])));
}

const HEADER = 'customer_id,order_id,order_date,quantity,unit_price,product,note\n';

/** `n` orders with two decimals; every 50th is a return, every 40th has no customer. */
export function orders(n, seed = 7) {
  const next = random(seed);
  const lines = [];
  for (let row = 0; row < n; row += 1) lines.push(order(row, next));
  return HEADER + lines.join('');
}

function order(row, next) {
  const customer = row % 40 === 39 ? '' : `C${String(Math.floor(next() ** 2 * 500)).padStart(4, '0')}`;
  const quantity = 1 + Math.floor(next() * 9);
  const price = (0.5 + next() * 80).toFixed(2);
  const product = `P${Math.floor(next() * 40)}`;
  return `${customer},A${row},${day(row, next)},${row % 50 === 49 ? -quantity : quantity},${price},${product},line ${row}\n`;
}

function day(row, next) {
  const start = Date.UTC(2023, 0, 13); // days after the 12th, so that no date can be read two ways
  return new Date(start + Math.floor(next() * 700) * 86_400_000).toISOString().slice(0, 10);
}

/** Writes about `megabytes` of orders to `path`; the same block over and over with the row number in front. */
export function writeLarge(path, megabytes) {
  const block = Buffer.from(orders(20_000).slice(HEADER.length));
  const file = openSync(path, 'w');
  writeSync(file, HEADER);
  for (let written = 0; written < megabytes * 1_000_000; written += block.length) writeSync(file, block);
  closeSync(file);
  return path;
}

/** Texts that would do harm where a page or a spreadsheet believed them. */
export const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '"><script>alert(2)</script>',
  "=cmd|' /C calc'!A0",
  '+1+1', '-2+3', '@SUM(1)', '\t=1', 'javascript:alert(3)', '{{7*7}}',
];

/** The headers of `hostileOrders` by role. */
export const HOSTILE_HEADERS = { customer: `customer ${HOSTILE[0]}`, date: `=order date ${HOSTILE[1]}`, amount: '+amount', product: HOSTILE[7] };

/** Orders whose headers and cells are hostile in every column; the roles stay recognisable by their content. */
export function hostileOrders(canary) {
  const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
  const header = [...Object.values(HOSTILE_HEADERS), HOSTILE[0], HOSTILE[1], HOSTILE[2]].map(quoted).join(',');
  const rows = Array.from({ length: 120 }, (_, row) => {
    const text = HOSTILE[row % HOSTILE.length];
    const date = row % 20 === 7 ? quoted(text + canary) : `2024-${String(1 + (row % 9)).padStart(2, '0')}-${13 + (row % 15)}`;
    const amount = row % 20 === 13 ? quoted(text + canary) : `${10 + row}.25`;
    return [quoted(`${text}${canary}${row % 30}`), date, amount, ...Array(4).fill(quoted(text + canary))].join(',');
  });
  return `${header}\n${rows.join('\n')}\n`;
}
