import { describe, expect, it } from '@jest/globals';
import { KeytrailError } from '../../domain/errors.js';
import { printFailure } from './print-failure.js';
import { ServiceProblem } from './service-problem.js';
import { Terminal } from './terminal.js';

function printed(error: unknown) {
  let text = '';
  const stream = { write: (part: string | Uint8Array) => ((text += String(part)), true), on: () => undefined };
  const exit = printFailure(new Terminal(stream, stream), error);
  return { exit, lines: text.trimEnd().split('\n') };
}

describe(printFailure.name, () => {
  it('says what happened and what to do, with the facts', () => {
    expect(printed(new KeytrailError('CLI.USAGE', { errors: ['one', 'two'] }))).toEqual({
      exit: 2,
      lines: ['keytrail: CLI.USAGE: The command line is not valid (one; two).', '  See `keytrail --help`.'],
    });
    const members = { code: 'INGESTION.BATCH_TOO_LARGE', status: 413, limits: { records: 5 }, requestId: 'r1' };
    expect(printed(new ServiceProblem(413, members)).lines[0]).toBe(
      'keytrail: INGESTION.BATCH_TOO_LARGE: The request holds too much (limits {"records":5}) [request r1].',
    );
  });

  it('says nothing of an error that is not our own', () => {
    const { exit, lines } = printed(new Error('password=canary'));

    expect(exit).toBe(1);
    expect(lines.join()).not.toContain('canary');
    expect(lines).toHaveLength(2);
  });
});
