import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '../../../test/contract/temporary-folder.js';
import { OutputFile } from './output-file.js';

describe(OutputFile.name, () => {
  const newFolder = temporaryFolders();

  async function write(path: string): Promise<void> {
    const file = await OutputFile.create(path);
    await file.write(Buffer.from('new'));
    await file.finish();
  }

  it('appears whole, for this user alone, in the place of an older one', async () => {
    const path = join(newFolder(), 'report.pdf');
    writeFileSync(path, 'old', { mode: 0o644 });

    const file = await OutputFile.create(path);
    await file.write(Buffer.from('new'));
    expect(readFileSync(path, 'utf8')).toBe('old');
    await file.finish();

    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('takes the place of no pipe or device', async () => {
    const path = join(newFolder(), 'pipe');
    execFileSync('mkfifo', [path]);

    await expect(write(path)).rejects.toMatchObject({
      code: 'CLI.FILE_UNWRITABLE',
      facts: { reason: 'it is no regular file' },
    });
    expect(statSync(path).isFIFO()).toBe(true);
  });

  it('keeps the drafts of two writers apart: the last one stays, and no draft', async () => {
    const folder = newFolder();
    const path = join(folder, 'report.pdf');

    const [one, other] = [await OutputFile.create(path), await OutputFile.create(path)];
    await one.write(Buffer.from('one, which is longer'));
    await other.write(Buffer.from('other'));
    await one.finish();
    expect(readFileSync(path, 'utf8')).toBe('one, which is longer');
    await other.finish();

    expect(readFileSync(path, 'utf8')).toBe('other');
    expect(readdirSync(folder)).toEqual(['report.pdf']);
  });

  it('leaves no draft of what is given up, or can not take its place', async () => {
    const folder = newFolder();
    const path = join(folder, 'report.pdf');

    const given = await OutputFile.create(path);
    await given.write(Buffer.from('new'));
    await given.discard();
    expect(readdirSync(folder)).toEqual([]);

    mkdirSync(path);
    const hindered = await OutputFile.create(path);
    await expect(hindered.finish()).rejects.toMatchObject({ code: 'CLI.FILE_UNWRITABLE' });
    await hindered.discard();
    expect(readdirSync(folder)).toEqual(['report.pdf']);
    expect(process.listenerCount('SIGTERM')).toBe(0);
  });
});
