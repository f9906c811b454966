import { describe, expect, it } from '@jest/globals';
import { fitHelp } from './fit-help.js';

const HELP = [
  'Usage: keytrail x',
  '',
  'Where it works:',
  '  A first line that is far too wide for this terminal, which goes on',
  '  in a second one.',
  '  A third is a paragraph of its own.',
  '',
  'Examples:',
  '  keytrail ingest --source vault --supersede --reason "mount list corrected" audit.log',
  '',
  'A last remark that is too wide for it, and ends.',
  '',
].join('\n');

describe(fitHelp.name, () => {
  it('parts what is too wide at blanks, and leaves examples whole', () => {
    expect(fitHelp(HELP, 40).split('\n')).toEqual([
      'Usage: keytrail x',
      '',
      'Where it works:',
      '  A first line that is far too wide for',
      '  this terminal, which goes on in a',
      '  second one.',
      '  A third is a paragraph of its own.',
      '',
      'Examples:',
      '  keytrail ingest --source vault --supersede --reason "mount list corrected" audit.log',
      '',
      'A last remark that is too wide for it,',
      'and ends.',
      '',
    ]);
  });

  it('changes nothing where there is room', () => {
    expect(fitHelp(HELP, 120)).toBe(HELP);
  });
});
