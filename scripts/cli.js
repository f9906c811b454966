// `bin/keytrail`: the command line in this process, in the caller's folder, so that file arguments mean what the caller meant.
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './build.js';

buildIfStale();
const cli = new URL('../dist/cli.js', import.meta.url);
process.argv[1] = fileURLToPath(cli);
await import(cli.href);
