// The same engine without a browser: runs the headless program and gives the files it wrote.
// GYEOL_HEADLESS names a finished program; otherwise cargo builds it first (a no-op when it is built).

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './browser.mjs';

let built;

/** Runs `headless <arguments> --out <folder>`; gives its files by name as bytes. */
export function headless(...arguments_) {
  const folder = mkdtempSync(join(tmpdir(), 'gyeol-headless-'));
  try {
    const run = spawnSync(program(), [...arguments_, '--out', folder], { encoding: 'utf8' });
    assert.equal(run.status, 0, run.stderr);
    return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The path of the program. */
export function program() {
  built ??= process.env.GYEOL_HEADLESS ?? build();
  return built;
}

function build() {
  const cargo = process.env.CARGO ?? 'cargo';
  const arguments_ = ['build', '--quiet', '--locked', '--profile', 'engine', '--example', 'headless', '--message-format=json-render-diagnostics'];
  const run = spawnSync(cargo, arguments_, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(run.status, 0, run.stderr);
  const made = run.stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line)).find((message) => message.executable);
  return made.executable;
}

/** Two files must be equal; where they are not, says where, never what. */
export function sameBytes(found, expected, what) {
  const at = found.findIndex((byte, index) => byte !== expected[index]);
  const line = found.subarray(0, at < 0 ? 0 : at).toString('latin1').split('\n').length;
  assert.ok(found.equals(expected), `${what}: ${found.length} and ${expected.length} bytes, first difference in line ${line}`);
}
