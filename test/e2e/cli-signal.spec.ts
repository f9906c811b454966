import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '../contract/temporary-folder.js';
import { awaitUntil } from '../support/await-until.js';
import { startCli } from '../support/run-cli.js';

const newFolder = temporaryFolders();
/** A service that begins every answer and ends none. */
const server = createServer((_, answer) => answer.writeHead(200).write('{"begun":true}\n'));
let url = '';

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('a command that writes a file', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('leaves no draft when %s ends it', async (signal) => {
    const folder = newFolder();
    const child = startCli(['--url', url, 'export', '--out', join(folder, 'all.ndjson')], {
      environment: { KEYTRAIL_KEY: 'any' },
    });
    const ended = once(child, 'close');
    await awaitUntil('the draft', () => readdirSync(folder).length > 0);

    child.kill(signal);

    expect(await ended).toEqual([null, signal]);
    expect(readdirSync(folder)).toEqual([]);
  });
});
