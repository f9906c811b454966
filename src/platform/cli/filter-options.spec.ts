import { Command, CommanderError } from 'commander';
import { describe, expect, it } from '@jest/globals';
import { addFilterOptions, filterParameters } from './filter-options.js';

const NOW = Date.parse('2026-11-22T12:00:00Z');

function parametersOf(...args: readonly string[]): string {
  const command = addFilterOptions(new Command('test'), () => NOW).exitOverride();
  command.configureOutput({ writeErr: () => undefined });
  command.parse(args, { from: 'user' });
  return decodeURIComponent(filterParameters(command.opts()).toString());
}

describe(filterParameters.name, () => {
  it('gives each value, whatever the option', () => {
    expect(parametersOf('--secret', 'db/*', '--secret', 'api', '--user-agent', 'curl', '--own')).toBe(
      'secret=db/*&secret=api&userAgent=curl&own=true',
    );
  });

  it('negates any term', () => {
    expect(parametersOf('--not', 'action=secret.list', '--not', 'actor-kind=service', '--not', 'text=a=b')).toBe(
      'not.action=secret.list&not.actorKind=service&not.text=a=b',
    );
  });

  it('reads times as people type them', () => {
    expect(parametersOf('--from', '7d', '--to', '2026-11-20', '--filter', 'f1')).toBe(
      'from=2026-11-15T12:00:00.000Z&to=2026-11-20T00:00:00Z&filter=f1',
    );
  });

  it.each([
    ['--not', 'action'],
    ['--not', 'colour=red'],
    ['--from', 'yesterday'],
  ])('refuses %s %s', (...args) => {
    expect(() => parametersOf(...args)).toThrow(CommanderError);
  });
});
