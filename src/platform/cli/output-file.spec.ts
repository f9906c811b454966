import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
    expect(existsSync(`${path}.part`)).toBe(false);
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

  it('writes through nothing that somebody put where its draft goes', async () => {
    const folder = newFolder();
    const [path, theirs] = [join(folder, 'report.pdf'), join(folder, 'theirs')];
    writeFileSync(theirs, 'theirs');
    symlinkSync(theirs, `${path}.part`);

    await write(path);

    expect(readFileSync(theirs, 'utf8')).toBe('theirs');
    expect(readFileSync(path, 'utf8')).toBe('new');
  });
});
