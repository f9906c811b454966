// `npm run keep-data-folder`: makes the kept data folder of this version (see CONTRIBUTING.md).
// A service and the command line fill a new folder; what is not disposable of it goes into test/fixtures/data-folders/<version>,
// with what every later version must answer from it. A folder that is there stays, unless `--again` says otherwise.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { buildIfStale } from './build.js';
import { describeFolder } from './data-folder/describe-folder.js';
import { fillFolder } from './data-folder/fill-folder.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const fixtures = join(root, 'test/fixtures/data-folders');
const records = join(fixtures, 'records');
const kept = join(fixtures, version);
/** The views and the lock are disposable, and a PDF is made again from its run. */
const KEPT = /^(events\.sqlite|state\.sqlite|kek|reports\/.*\.csv)$/;

if (existsSync(kept) && !process.argv.includes('--again')) {
  console.error(`${kept} is there: a released version's folder is never made again.`);
  process.exit(1);
}
buildIfStale();
const temporary = mkdtempSync(join(tmpdir(), 'keytrail-folder-'));
try {
  const data = join(temporary, 'data');
  const keys = await fillFolder(data, records);
  rmSync(kept, { recursive: true, force: true });
  for (const file of filesOf(data)) keep(file, readFileSync(join(data, file)));
  const copy = join(temporary, 'copy');
  for (const file of filesOf(join(kept, 'data'))) unpack(file, copy);
  const expected = await describeFolder(copy, { records, keys, version });
  writeFileSync(join(kept, 'expected.json'), legible(expected));
  console.log(`${kept}: ${expected.log.length} events. Read expected.json against the records before you commit it.`);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

function keep(file, bytes) {
  if (!KEPT.test(file)) return;
  const path = join(kept, 'data', `${file}.gz`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, gzipSync(bytes, { level: 9 }));
}

function unpack(file, folder) {
  const path = join(folder, file.replace(/\.gz$/, ''));
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, gunzipSync(readFileSync(join(kept, 'data', file))), { mode: 0o600 });
}

/** One line for each thing expected. */
function legible(expected) {
  const members = Object.entries(expected).map(([name, value]) => {
    const text = Array.isArray(value)
      ? `[\n${value.map((item) => `  ${JSON.stringify(item)}`).join(',\n')}\n ]`
      : JSON.stringify(value);
    return ` ${JSON.stringify(name)}: ${text}`;
  });
  return `{\n${members.join(',\n')}\n}\n`;
}
