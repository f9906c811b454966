import { EXIT, KeytrailError } from '../../domain/errors.js';
import { ServiceProblem } from './service-problem.js';
import type { Terminal } from './terminal.js';

/**
 * One or two lines on standard error: the code, what happened, what to do. Never a stack, and nothing of an error that is
 * not our own. Gives back the exit code.
 */
export function printFailure(terminal: Terminal, error: unknown): number {
  if (error instanceof KeytrailError) {
    print(terminal, `${error.code}: ${error.message}${factsOf(error.facts)}`, error.remedy);
    return error.exit;
  }
  if (error instanceof ServiceProblem) {
    const id = error.requestId === undefined ? '' : ` [request ${error.requestId}]`;
    print(terminal, `${error.code}: ${error.title}${factsOf(factMembers(error.members))}${id}`, error.remedy);
    return error.exit;
  }
  print(terminal, 'INTERNAL.UNEXPECTED: Something unexpected happened', 'Try `keytrail doctor`.');
  return EXIT.failed;
}

/** RFC 9457's own members and ours: told in their own places. */
const TOLD = new Set(['type', 'title', 'status', 'detail', 'instance', 'code', 'remedy', 'requestId']);

function factMembers(members: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !TOLD.has(name)));
}

function factsOf(facts: Readonly<Record<string, unknown>>): string {
  const told = Object.entries(facts).map(([name, value]) => {
    const list = Array.isArray(value) && value.every((item) => typeof item === 'string') ? value.join('; ') : undefined;
    if (list !== undefined) return name === 'errors' ? list : `${name} ${list}`;
    return `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`;
  });
  return told.length === 0 ? '' : ` (${told.join(', ')})`;
}

function print(terminal: Terminal, what: string, remedy: string): void {
  terminal.note(`keytrail: ${what}.`);
  if (remedy !== '') terminal.note(`  ${remedy}`);
}
