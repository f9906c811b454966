// Compiles src/ into dist/, when dist/ came from other sources than those that stand there now.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exclusively } from './exclusively.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, 'src');
const output = join(root, 'dist');
const stamp = join(output, '.built-from');
const settings = ['.swcrc', 'nest-cli.json', 'package-lock.json', 'tsconfig.build.json', 'tsconfig.json'];

/** Builds if needed. What the builder says goes to standard error: standard output belongs to the command that follows. */
export function buildIfStale() {
  if (!existsSync(source) || isFresh()) return; // an installed copy has dist/ only
  exclusively(join(root, '.building'), () => {
    if (isFresh()) return; // another process built while this one waited
    const fingerprint = fingerprintOfSources();
    mkdirSync(output, { recursive: true });
    rmSync(stamp, { force: true });
    execFileSync(process.execPath, [join(root, 'node_modules/@nestjs/cli/bin/nest.js'), 'build'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
    });
    removeLeftovers();
    writeFileSync(stamp, fingerprint);
  });
}

function isFresh() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprintOfSources();
}

function fingerprintOfSources() {
  const hash = createHash('sha256');
  const files = filesBelow(source).filter((file) => !file.endsWith('.spec.ts'));
  for (const file of files.sort())
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(source, file)))
      .update('\0');
  for (const file of settings) hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** Output of sources that are gone, which would hide a wrong import. */
function removeLeftovers() {
  for (const file of filesBelow(output)) {
    const origin = file.replace(/\.js(\.map)?$/, '.ts');
    if (!existsSync(join(source, origin)) && !existsSync(join(source, file))) rmSync(join(output, file));
  }
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildIfStale();
