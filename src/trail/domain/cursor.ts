import { hash } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical-json.js';
import { KeytrailError } from '../../domain/errors.js';
import { formatLogPoint, parseLogPoint, type LogPoint } from '../../domain/position.js';

/** A part of the place where a page ended: a time, an id, a group's value; `null` where the group has none. */
export type CursorPart = string | number | boolean | null;

/** Where a list goes on: after what, and as of which point of the log. */
export interface Cursor {
  /** Of events: sort key and document id of the last one shown. Of groups: the key of the last one. */
  readonly after: readonly CursorPart[];
  /** Nothing recorded after it is shown. */
  readonly asOf: LogPoint;
  /** When the first page was asked for, milliseconds since 1970: unanswered requests show as they did then. */
  readonly askedAt: number;
}

/** The text that callers send back. It belongs to one question: same filter, same order. */
export function formatCursor({ after, asOf, askedAt }: Cursor, question: unknown): string {
  const content: Content = [fingerprint(question), formatLogPoint(asOf), askedAt, after];
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

/** Throws `TRAIL.INVALID_CURSOR` for what is none, or was given for another question. */
export function readCursor(text: string, question: unknown): Cursor {
  const content = parse(text);
  const asOf = content?.[0] === fingerprint(question) ? parseLogPoint(content[1]) : undefined;
  if (!content || !asOf) throw new KeytrailError('TRAIL.INVALID_CURSOR');
  return { asOf, askedAt: content[2], after: content[3] };
}

type Content = readonly [fingerprint: string, asOf: string, askedAt: number, after: readonly CursorPart[]];

function parse(text: string): Content | undefined {
  if (!/^[\w-]{1,8000}$/.test(text)) return undefined;
  try {
    const content = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown;
    return isContent(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

function isContent(content: unknown): content is Content {
  if (!Array.isArray(content) || content.length !== 4) return false;
  const [question, asOf, askedAt, after] = content as readonly unknown[];
  if (typeof question !== 'string' || typeof asOf !== 'string' || !isTime(askedAt)) return false;
  return Array.isArray(after) && after.every((part) => part === null || PLAIN.has(typeof part));
}

const PLAIN: ReadonlySet<string> = new Set(['string', 'number', 'boolean']);
/** The last millisecond that RFC 3339 can name. */
const LAST_TIME = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

function isTime(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= LAST_TIME;
}

function fingerprint(question: unknown): string {
  return hash('sha256', canonicalJson(question), 'base64url').slice(0, 22);
}
