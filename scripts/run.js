// Runs a command under a Node that Keytrail supports, with the locked dependencies installed, whatever this machine has:
//
//   node scripts/run.js nest build
//
// Nothing is written to standard output but what the command itself writes. The command keeps the caller's folder.
// Written for old Node: no packages, no new syntax.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exclusively } from './exclusively.js';

const oldestSupported = [24, 15];
const fetchedVersion = '24.21.0';
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const onStandardError = ['ignore', 2, 2];
/** Where the fetched Node is, so that each command needs not ask npm again. */
const fetchedNode = join(root, 'node_modules', `.node-${fetchedVersion}`);

function isSupported(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > oldestSupported[0] || (major === oldestSupported[0] && minor >= oldestSupported[1]);
}

/** The folder of a newer Node. Each `npm run` says so; the command line only when it has to ask npm. */
function newerNode() {
  const known = rememberedNode();
  const isThere = known !== '' && existsSync(join(known, 'node'));
  if (!isThere || process.env.npm_lifecycle_event)
    console.error(`keytrail: Node ${process.versions.node} is too old, using Node ${fetchedVersion} by way of npm.`);
  return isThere ? known : fetchNode();
}

/** Takes it from npm, into npm's own cache: one download per machine. */
function fetchNode() {
  const name = `node-${process.platform}-${process.arch}@${fetchedVersion}`;
  const options = ['--yes', '--silent', '--prefer-offline', `--package=${name}`];
  try {
    const path = execFileSync('npm', ['exec', ...options, '--', 'node', '-p', 'process.execPath'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 2],
    });
    return dirname(path.trim());
  } catch {
    console.error(
      `keytrail: could not get ${name}. Install Node 24 (${oldestSupported.join('.')} or newer) and try again.`,
    );
    return process.exit(1);
  }
}

/** Installs when the lock file is another than the one the installed packages came from. */
function installIfStale(env) {
  const modules = join(root, 'node_modules');
  const stamp = join(modules, '.installed-from');
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const isFresh = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === lock;
  if (isFresh()) return;
  exclusively(join(root, '.installing'), () => {
    if (isFresh()) return; // another process installed while this one waited
    console.error('keytrail: installing the locked dependencies.');
    // A link leads to another checkout's packages: they are not ours to replace.
    if (existsSync(modules) && lstatSync(modules).isSymbolicLink()) unlinkSync(modules);
    const options = ['ci', '--prefer-offline', '--no-audit', '--no-fund'];
    execFileSync('npm', options, { cwd: root, env, stdio: onStandardError });
    writeFileSync(stamp, lock);
  });
}

function rememberedNode() {
  return existsSync(fetchedNode) ? readFileSync(fetchedNode, 'utf8') : '';
}

/** In a folder that may not be written each command asks again. */
function rememberNode(folder) {
  if (rememberedNode() === folder) return;
  try {
    writeFileSync(fetchedNode, folder);
  } catch {
    return;
  }
}

/** Runs the command, hands signals down to it and its exit code up. */
function run(command, args, env) {
  const child = spawn(command, args, { env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`keytrail: ${error.message}`);
    process.exit(127);
  });
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code));
}

const env = { ...process.env };
const newer = isSupported(process.versions.node) ? undefined : newerNode();
if (newer) env.PATH = newer + delimiter + env.PATH;
try {
  installIfStale(env);
  if (newer) rememberNode(newer);
} catch (error) {
  console.error(`keytrail: the dependencies could not be installed: ${error.message}`);
  process.exit(1);
}
env.PATH = join(root, 'node_modules', '.bin') + delimiter + env.PATH;
const [command, ...args] = process.argv.slice(2);
run(command, args, env);
