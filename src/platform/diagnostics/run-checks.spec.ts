import { describe, expect, it } from '@jest/globals';
import { DiagnosticCheck, type Finding } from './diagnostic-check.js';
import { runChecks } from './run-checks.js';

function check(area: string, run: () => Promise<readonly Finding[]>): DiagnosticCheck {
  return new (class extends DiagnosticCheck {
    override readonly area = area;
    override run(): Promise<readonly Finding[]> {
      return run();
    }
  })();
}

const finding = (name: string, state: Finding['state']): Finding => ({ name, state, facts: {} });

describe(runChecks.name, () => {
  it('collects all findings and tells the worst', async () => {
    const checks = [
      check('b', () => Promise.resolve([finding('b.one', 'good'), finding('b.two', 'warning')])),
      check('a', () => Promise.resolve([finding('a.one', 'good')])),
    ];

    const { state, findings } = await runChecks(checks, 1_000);

    expect(state).toBe('warning');
    expect(findings.map(({ name }) => name)).toEqual(['a.one', 'b.one', 'b.two']);
  });

  it('never takes silence for a pass', async () => {
    const hanging = check('slow', () => new Promise(() => undefined));
    const failing = check('torn', () => Promise.reject(new Error('canary')));

    const diagnosis = await runChecks([hanging, failing, check('c', () => Promise.resolve([]))], 5);

    expect(diagnosis.state).toBe('unknown');
    expect(diagnosis.findings.map(({ name, state }) => [name, state])).toEqual([
      ['slow.check', 'unknown'],
      ['torn.check', 'unknown'],
    ]);
    expect(JSON.stringify(diagnosis)).not.toContain('canary');
    expect((await runChecks([], 5)).state).toBe('unknown');
  });
});
