// `node benches/browser/run.mjs [--rounds 5] [--rows 100000,1000000] [--large]` after a release build, or `cargo xtask bench`.
// Compares Gyeol with what people would use instead, in one run on one machine, and prints a Markdown report.
// Peers come from this folder's own lock file. `--large` adds 10 million rows (about 850 MB of disk for a while).

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { program } from '../../tests/e2e/native.mjs';
import { serve } from '../../tests/e2e/server.mjs';
import { ordersFile } from './generate.mjs';
import { cancelled, clustered, fileToRfm, rescored } from './gyeol.mjs';
import { fresh } from './renderer.mjs';
import { median, pairedRatio, table } from './report.mjs';

const HERE = fileURLToPath(new URL('./', import.meta.url));
const DIST = process.env.GYEOL_DIST ?? join(HERE, '../../dist');
const PEERS = [['duckdb', 'query'], ['duckdb', 'table'], ['papa', 'worker'], ['papa', 'manual']];
const LARGE_ROWS = 10_000_000;
// What a person needs at least to choose a file. Every contender stands ready that long before the clock starts.
const PAUSE_MILLIS = 1_000;
const DATES = ['2011-11-30', '2011-10-31', '2011-09-30', '2011-08-31', '2011-07-31'];

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, rows: { type: 'string', default: '100000,1000000' }, large: { type: 'boolean', default: false } },
});

const scratch = mkdtempSync(join(process.env.GYEOL_BENCH_SCRATCH ?? tmpdir(), 'gyeol-bench-data-'));
installPeers();
const site = await serve(DIST, '/gyeol/', { '/peer/': join(HERE, 'node_modules'), '/peers/': join(HERE, 'peers') });
try {
  console.log(`${new Date().toISOString().slice(0, 10)}. Machine: ${cpus()[0].model}, ${cpus().length} cores, load ${loadavg()[0].toFixed(1)} at the start, Node ${process.version}. Medians of ${options.rounds} rounds; ratios are medians of paired ratios.\n`);
  const counts = options.rows.split(',').map(Number);
  if (options.large) counts.push(LARGE_ROWS);
  for (const nRows of counts) await compare(nRows);
  await others();
  await firstUse();
} finally {
  await site.close();
  rmSync(scratch, { recursive: true, force: true });
}

function installPeers() {
  const run = (command, arguments_) => {
    const { status } = spawnSync(command, arguments_, { cwd: HERE, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
    if (status !== 0) throw new Error(`${command} ${arguments_.join(' ')} failed`);
  };
  if (!existsSync(join(HERE, 'node_modules/papaparse'))) run('npm', ['ci', '--ignore-scripts', '--loglevel=error']);
  mkdirSync(join(HERE, 'peers/bundle'), { recursive: true });
  run('npx', ['--no-install', 'esbuild', 'peers/duckdb.js', '--bundle', '--format=esm', '--minify', '--outfile=peers/bundle/duckdb.js', '--log-level=error']);
}

async function compare(nRows) {
  const path = join(scratch, `orders-${nRows}.csv`);
  const megabytes = ordersFile(path, nRows) / 1e6;
  const runs = { gyeol: [], native: [] };
  const atOnce = [];
  for (let round = 0; round < Number(options.rounds); round += 1) {
    progress(`${nRows} rows, round ${round + 1}`);
    runs.gyeol.push(await fileToRfm(site.url, path, PAUSE_MILLIS));
    atOnce.push(await fileToRfm(site.url, path, 0));
    runs.native.push(native(path));
    for (const [name, how] of PEERS) {
      if (nRows >= LARGE_ROWS && how === 'manual') continue; // a quarter of a minute with a frozen page
      (runs[`${name}, ${how}`] ??= []).push(await peer(path, name, how));
    }
  }
  sameAnswer(runs);
  const { gyeol, native: nativeRuns, ...peers } = runs;
  const row = (label, list) => [label, median(list.map((run) => run.millis)), megabytes / median(list.map((run) => run.millis)) * 1e3,
    pairedRatio(list, gyeol), median(list.map((run) => run.megabytes ?? null)), median(list.map((run) => run.longestFrame ?? null)),
    median(list.map((run) => run.cold ?? null))];
  console.log(`### ${nRows.toLocaleString('en')} rows, ${megabytes.toFixed(1)} MB: file in hand to scored RFM\n`);
  console.log(table(['', 'ms', 'MB/s', 'time / Gyeol', 'peak MB over idle', 'longest frame ms', 'cold start to answer ms'], [
    row('Gyeol, page, to the first picture', gyeol),
    ['… until all six pictures are drawn', median(gyeol.map((run) => run.allDrawn))],
    ['… of that, reading the file in the engine', median(gyeol.map((run) => run.read)), megabytes / median(gyeol.map((run) => run.read)) * 1e3],
    row('Gyeol, page, a file chosen the moment it opens', atOnce),
    row('Gyeol, native program with its files written', nativeRuns),
    ...Object.entries(peers).map(([name, list]) => row(name, list)),
  ]));
  console.log(`\nCold start, DuckDB / Gyeol: ${pairedRatio(peers['duckdb, query'], atOnce, 'cold').toFixed(1)}. `
    + `Gyeol's look at the head: ${median(gyeol.map((run) => run.preview)).toFixed(0)} ms. Its progress bar moved ${median(gyeol.map((run) => run.updates)).toFixed(0)} times a second.\n`);
  rmSync(path);
}

function peer(path, name, how) {
  return fresh(`${site.origin}/peers/page.html`, async (page, memory) => {
    await page.waitForFunction(() => globalThis.bootPeer);
    const peak = memory();
    const booted = await page.evaluate(([which, way]) => globalThis.bootPeer(which, way), [name, how]);
    await page.setInputFiles('input', path);
    await page.waitForTimeout(PAUSE_MILLIS);
    const run = await page.evaluate(() => globalThis.runPeer());
    return { ...run, cold: booted + run.millis, megabytes: peak() };
  });
}

function native(path) {
  const out = join(scratch, 'native');
  const gyeol = program(); // built before the clock starts
  const start = performance.now();
  const { status, stderr } = spawnSync(gyeol, [path, '--out', out, '--only', 'rfm'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return { millis: performance.now() - start };
}

// A comparison of different answers would be none.
function sameAnswer(runs) {
  const answers = Object.entries(runs).filter(([, [first]]) => first.answer).map(([name, [{ answer }]]) => [name, answer]);
  const [, expected] = answers[0];
  for (const [name, { nRows, money }] of answers) {
    if (nRows !== expected.nRows || Math.abs(money - expected.money) > 1) throw new Error(`${name} counts ${nRows} rows, ${money}; Gyeol ${expected.nRows}, ${expected.money}`);
  }
}

async function others() {
  const rows = [];
  for (const [nRows, nCustomers] of [[40_000, 10_000], [400_000, 100_000]]) {
    const path = join(scratch, `customers-${nCustomers}.csv`);
    ordersFile(path, nRows, nCustomers);
    const label = `${nCustomers.toLocaleString('en')} customers`;
    progress(label);
    rows.push(rowOf(`RFM again at another as-of date, ${label}`, await rescored(site.url, path, DATES)));
    rows.push(rowOf(`k-means view asked for to drawn, k = 5, 10 starts, ${label}`, await clustered(site.url, path)));
    rmSync(path);
  }
  const path = join(scratch, 'million.csv');
  ordersFile(path, 1_000_000);
  rows.push(rowOf('RFM again at another as-of date, 1,000,000 rows', await rescored(site.url, path, DATES)));
  rows.push(rowOf('Cancel pressed in the middle of reading 1,000,000 rows', await cancelled(site.url, path)));
  rmSync(path);
  console.log(`### On the page\n\n${table(['', 'ms', 'longest frame ms'], rows)}\n`);
}

function rowOf(label, { millis, longestFrame }) {
  return [label, millis, longestFrame];
}

// Everything the page asked for until a file can be chosen, as a host with brotli would send it.
async function firstUse() {
  site.log.length = 0;
  await fresh(site.url, async (page) => { await page.waitForSelector('main[data-stage=empty]'); });
  const names = new Set(site.log.map(({ url }) => url.slice('/gyeol/'.length).split('?')[0] || 'index.html'));
  const sizes = [...names].filter((name) => existsSync(join(DIST, name)))
    .map((name) => [name, brotliCompressSync(readFileSync(join(DIST, name))).length / 1e3]).sort((a, b) => b[1] - a[1]);
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  console.log(`### Bytes to first use\n\n${table(['file', 'KB, brotli'], [...sizes, ['all', total]])}`);
}

function progress(text) {
  process.stderr.write(`${text}\n`);
}
