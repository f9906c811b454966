// Keytrail as its users run it: the service as a process of its own, and the command line, both on one data folder.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const built = (file) => fileURLToPath(new URL(`../../dist/${file}`, import.meta.url));
/** What is set for a service of your own must not reach this one. */
const bare = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('KEYTRAIL_')));

/** Starts the service and waits until it listens. */
export async function startService({ data, sources, settings = {} }) {
  const env = { ...bare, KEYTRAIL_DATA: data, KEYTRAIL_PORT: '0', KEYTRAIL_SOURCES_FILE: sources, ...settings };
  const child = spawn(process.execPath, [built('main.js')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const address = await listening(child);
  const ask = (path, { key, ...init } = {}) =>
    fetch(address + path, { ...init, headers: { ...init.headers, ...(key && { authorization: `Bearer ${key}` }) } });
  return {
    ask,
    /** The first administrator's key, as the first start leaves it. */
    firstKey: () => readFileSync(join(data, 'bootstrap-key'), 'utf8').trim(),
    async caughtUp(key) {
      for (let left = 1; left > 0; await pause(50))
        ({
          lag: { events: left },
        } = await (await ask('/v1/events?limit=1', { key })).json());
    },
    async stop() {
      child.kill('SIGTERM');
      const [code] = await exited;
      if (code !== 0) throw new Error(`the service ended with ${code}`);
    },
  };
}

function listening(child) {
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('the service ended before it listened')));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { event, address } = JSON.parse(line);
      if (event === 'service.started') resolve(address);
    });
  });
}

/** The command line in a folder of records, so that a file is recorded by its bare name. Fails unless it ends as expected. */
export function commandLine({ data, cwd, sources }) {
  return (args, { key, code = 0 } = {}) => {
    const env = { ...bare, KEYTRAIL_DATA: data, KEYTRAIL_SOURCES_FILE: sources, ...(key && { KEYTRAIL_KEY: key }) };
    const options = { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] };
    try {
      const out = execFileSync(process.execPath, [built('cli.js'), ...args], options);
      if (code === 0) return out;
      throw new Error(`keytrail ${args.join(' ')} ended with 0 instead of ${code}`);
    } catch (error) {
      if (code !== 0 && error.status === code) return error.stdout;
      throw new Error(`keytrail ${args.join(' ')} failed: ${error.stderr ?? error.message}`);
    }
  };
}
