import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { EXIT } from '../../src/domain/errors.js';
import { REPORT_KINDS } from '../../src/reporting/domain/report-run.js';
import { FILTER_TERMS } from '../../src/trail/domain/trail-filter.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const pages = [...globSync('*.md', { cwd: root }), ...globSync('docs/**/*.md', { cwd: root })];
const page = (name: string): string => readFileSync(join(root, name), 'utf8');
const help = (...args: readonly string[]): string =>
  execFileSync(process.execPath, [join(root, 'dist/cli.js'), ...args, '--help'], { encoding: 'utf8' });
const commandsIn = (text: string): string[] =>
  [...((text.split('\nCommands:\n')[1] ?? '').split('\n\n')[0]?.matchAll(/^ {2}([a-z-]+)/gm) ?? [])].map(
    ([, name = '']) => name,
  );

describe('the pages', () => {
  it.each(pages)('%s leads to files that exist', (name) => {
    const links = [...page(name).matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map(([, link = '']) => link);

    expect(links.filter((link) => !existsSync(join(root, dirname(name), link)))).toEqual([]);
  });
});

describe('the page on the command line', () => {
  const cli = page('docs/cli.md');

  it('has every command, and no other', () => {
    const known = commandsIn(help()).filter((name) => name !== 'help');
    const told = [...cli.matchAll(/^\| `([a-z-]+)/gm)].map(([, name]) => name);

    expect(told.sort()).toEqual(known.sort());
  });

  it('has every exit code', () => {
    const told = [...cli.matchAll(/^\| (\d) +\|/gm)].map(([, code]) => Number(code));

    expect(told).toEqual(Object.values(EXIT).sort((a, b) => a - b));
  });
});

describe('the other pages', () => {
  it('tell of every term of a filter', () => {
    const text = page('docs/searching.md');

    expect(FILTER_TERMS.filter((term) => !text.includes(`\`${term}\``))).toEqual([]);
  });

  it('tell of every report', () => {
    const text = page('docs/reports.md');

    expect(REPORT_KINDS.filter((kind) => !text.includes(`\`${kind}\``))).toEqual([]);
  });
});
