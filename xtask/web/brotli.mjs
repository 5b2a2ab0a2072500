// Prints the brotli size (quality 11) of each file given, one number a line, in the same order.
import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';

for (const path of process.argv.slice(2)) console.log(brotliCompressSync(readFileSync(path)).length);
