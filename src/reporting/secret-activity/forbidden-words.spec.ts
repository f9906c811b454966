import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import ts from 'typescript';
import { trailEntry } from '../../../test/support/activity-row.js';
import { ReportRoom, type GivenEvent } from '../../../test/support/report-room.js';
import { RECORDABLE_ACTIONS } from '../../domain/action.js';
import { ERRORS } from '../../domain/errors.js';
import { secretActivityDocument } from './secret-activity-document.js';

/**
 * A report is evidence, not an opinion: whether it is enough is for an auditor to say, and so are these words and all
 * their forms. Only the statement that it is no opinion may name them.
 */
const FORBIDDEN =
  /\b(?:non-?)?compl(?:y|ies|ied|ying|ian\w*)\b|\bpass(?:ed|es|ing)?\b|\bdeficien\w*|\bscor(?:e|es|ed|ing|ecard)\b/i;
const STATEMENT = 'it does not state that an organisation complies with any law';

function forbiddenIn(text: string): string | undefined {
  return FORBIDDEN.exec(text.replace(STATEMENT, ''))?.[0];
}

/** Every text that is printed, drawn or attached under a name. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

describe('the words that a report must not use', () => {
  it.each([
    'Compliant',
    'non-compliant',
    'compliance',
    'complies with',
    'Passed',
    'a pass',
    'passes',
    'deficiency',
    'Deficiencies',
    'score',
    'scoring',
  ])('are known in every form: %s', (text) => {
    expect(forbiddenIn(`The control is ${text} here.`)).toBeDefined();
  });

  it.each(['password', 'underscore', 'bypass', 'complete', 'compliments', STATEMENT])('are not %s', (text) => {
    expect(forbiddenIn(text)).toBeUndefined();
  });
});

describe('a report', () => {
  let room: ReportRoom;

  beforeEach(() => {
    room = new ReportRoom();
  });

  afterEach(async () => {
    await room.close();
  });

  const anEvent: fc.Arbitrary<GivenEvent> = fc
    .record(
      {
        action: fc.constantFrom(...RECORDABLE_ACTIONS),
        outcome: fc.constantFrom('success', 'failure', 'unknown'),
        reason: fc.constantFrom('denied', 'throttled'),
        actor: fc.constantFrom({ kind: 'unknown' }, { kind: 'service', subject: 'sub_service' }),
        flags: fc.constantFrom(['time_future'], ['historical']),
        occurredAt: fc.constantFrom('2025-12-10T10:00:00Z', '2026-01-10T10:00:00Z'),
      } as const,
      { requiredKeys: ['action', 'outcome', 'occurredAt'] },
    )
    .map((change) => ({ entry: trailEntry(change as Parameters<typeof trailEntry>[0]) }));

  it.each([
    ['of nothing', 0, {}],
    ['of all sorts of events', 150, {}],
    ['with names', 150, { named: true }],
    [
      'within a filter',
      150,
      {
        scope: {
          filters: [{ outcome: ['failure'] }],
          matching: { field: 'outcome', is: 'failure' },
          words: ['outcome: failure'],
        },
      },
    ],
  ])('%s uses none of them', async (_name, count, change) => {
    const [events = []] = fc.sample(fc.array(anEvent, { minLength: count, maxLength: count }), { numRuns: 1, seed: 7 });
    await room.given(...events);
    const facts = await room.facts(change);

    const texts = textsIn(secretActivityDocument(facts, []));

    expect(texts.length).toBeGreaterThan(100);
    expect(texts.flatMap((text) => forbiddenIn(text) ?? [])).toEqual([]);
  });

  it('has none in any text of its source, printed today or not', () => {
    const folder = fileURLToPath(new URL('../', import.meta.url));
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /(?<!\.spec)\.ts$/.test(name),
    );
    const literals = files.flatMap((name) => literalsIn(readFileSync(join(folder, name), 'utf8')));

    expect(literals.length).toBeGreaterThan(500);
    expect(literals.flatMap((text) => forbiddenIn(text) ?? [])).toEqual([]);
  });

  it('has none in the words of its errors', () => {
    const errors = Object.entries(ERRORS).filter(([code]) => code.startsWith('REPORTING.'));
    expect(textsIn(errors).flatMap((text) => forbiddenIn(text) ?? [])).toEqual([]);
  });
});

/** The string and template literals of a source file; strings joined by `+` are one text. */
function literalsIn(source: string): readonly string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) texts.push(joined(node));
    else if (ts.isStringLiteralLike(node)) texts.push(node.text);
    else if (ts.isTemplateExpression(node)) texts.push(joined(node));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true));
  // A part of a joined text stands in the joined one.
  return texts.filter((text) => !texts.some((other) => other !== text && other.includes(text)));
}

function joined(node: ts.Node): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map(({ literal }) => ` ${literal.text}`).join('');
  }
  if (ts.isBinaryExpression(node)) return joined(node.left) + joined(node.right);
  return ts.isParenthesizedExpression(node) ? joined(node.expression) : ' ';
}
