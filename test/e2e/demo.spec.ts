import { execFile } from 'node:child_process';
import { existsSync, rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const DEMO = fileURLToPath(new URL('../../scripts/demo.js', import.meta.url));

describe('the demo', () => {
  it('records, answers and reports in one go', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [DEMO, '--stop']);
    const folder = /What it made is in (\S+);/.exec(stdout)?.[1] ?? '';

    try {
      expect(stdout.match(/ 0 rejected$/gm)).toHaveLength(3);
      expect(stdout).toMatch(/failure \(denied\) +secret\.read +chen\.wei@example\.com/);
      expect(stdout).toMatch(/secret\.rotate +alice\.meier@example\.com/);
      expect(stdout).toMatch(/^- +unauthenticated +vault +30 /m);
      expect(stdout).toMatch(/KEYTRAIL_KEY=kt_\w+/);
      expect(statSync(`${folder}/activity.pdf`).size).toBeGreaterThan(10_000);
    } finally {
      if (existsSync(folder)) rmSync(folder, { recursive: true });
    }
  }, 120_000);
});
