// Writes order files in the shape of UCI Online Retail II: several lines an order, returns, rows without a customer,
// commas and quotes in descriptions, few customers with many orders. The same count gives the same bytes.

import { closeSync, existsSync, openSync, renameSync, statSync, writeSync } from 'node:fs';

const HEADER = 'Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n';
const COLOURS = ['RED', 'BLUE', 'PINK', 'IVORY', 'GREEN', 'WHITE', 'BLACK', 'VINTAGE', 'RETRO', 'WOODEN', 'GLASS', 'PAPER'];
const THINGS = ['HEART HOLDER', 'LUNCH BAG', 'CAKE STAND', 'TEA TOWEL', 'PHOTO FRAME', 'DOORMAT', 'BUNTING', 'ALARM CLOCK', 'MUG', 'STORAGE JAR'];
const COUNTRIES = ['Germany', 'France', 'EIRE', 'Spain', 'Netherlands', 'Belgium', 'Switzerland', 'Portugal', 'Norway'];
const N_PRODUCTS = 4_600;
const FIRST_DAY = Date.UTC(2009, 11, 1, 7);
const N_DAYS = 738;
const BLOCK_BYTES = 4 << 20;

/** Writes `nRows` rows to `path` unless they are there; gives the size in bytes. */
export function ordersFile(path, nRows, nCustomers = Math.max(50, Math.round(nRows / 170))) {
  if (!existsSync(path)) {
    write(`${path}.part`, nRows, nCustomers);
    renameSync(`${path}.part`, path);
  }
  return statSync(path).size;
}

function write(path, nRows, nCustomers) {
  const next = mulberry32(20_101_201);
  const products = Array.from({ length: N_PRODUCTS }, (_, index) => product(index, next));
  const meanLines = Math.max(1, Math.min(20, nRows / nCustomers / 4));
  const file = openSync(path, 'w');
  let block = HEADER;
  for (let row = 0, order = 0; row < nRows; order += 1) {
    const lines = Math.min(nRows - row, 1 + Math.floor(-Math.log(1 - next()) * (meanLines - 1)));
    block += orderLines(order, lines, row / nRows, nCustomers, products, next);
    row += lines;
    if (block.length > BLOCK_BYTES) {
      writeSync(file, block);
      block = '';
    }
  }
  writeSync(file, block);
  closeSync(file);
}

function orderLines(order, nLines, elapsed, nCustomers, products, next) {
  const isReturn = next() < 0.04;
  const customer = next() < 0.2 ? '' : 12_346 + Math.floor(next() ** 2 * nCustomers);
  const country = next() < 0.9 ? 'United Kingdom' : COUNTRIES[Math.floor(next() * COUNTRIES.length)];
  const date = new Date(FIRST_DAY + Math.floor(elapsed * N_DAYS) * 86_400_000 + Math.floor(next() * 720) * 60_000);
  const head = `${isReturn ? 'C' : ''}${489_434 + order},`;
  const tail = `${date.toISOString().slice(0, 19).replace('T', ' ')},`;
  let text = '';
  for (let line = 0; line < nLines; line += 1) {
    const { name, price } = products[Math.floor(next() ** 2 * N_PRODUCTS)];
    const quantity = 1 + Math.floor(-Math.log(1 - next()) * 9);
    text += `${head}${name},${isReturn ? -quantity : quantity},${tail}${price},${customer},${country}\n`;
  }
  return text;
}

function product(index, next) {
  const code = `${10_000 + ((index * 7_919) % 80_000)}${index % 3 ? '' : 'A'}`;
  const words = `${COLOURS[index % COLOURS.length]} ${THINGS[Math.floor(index / 7) % THINGS.length]} ${index}`;
  const name = index % 10 === 0 ? `"${words}, ASSORTED"` : index % 97 === 0 ? `"${words} ""XL"" , WIDE"` : words;
  return { name: `${code},${name}`, price: (0.2 + next() ** 3 * 25).toFixed(2) };
}

// A small generator of even numbers from 0 up to 1 with 32 bits of state.
function mulberry32(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
