import { hash } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical-json.js';
import { KeytrailError } from '../../domain/errors.js';
import { formatLogPoint, parseLogPoint, type LogPoint } from '../../domain/position.js';

/** Where a list goes on: after which event, and as of which point of the log. */
export interface Cursor {
  /** Sort key of the last event shown, and its document's id. */
  readonly time: string;
  readonly id: string;
  /** Nothing recorded after it is shown. */
  readonly asOf: LogPoint;
  /** When the first page was asked for, milliseconds since 1970: unanswered requests show as they did then. */
  readonly askedAt: number;
}

/** The text that callers send back. It belongs to one question: same filter, same order. */
export function formatCursor(cursor: Cursor, question: unknown): string {
  const { time, id, askedAt } = cursor;
  const content = [fingerprint(question), formatLogPoint(cursor.asOf), time, id, askedAt];
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

/** Throws `TRAIL.INVALID_CURSOR` for what is none, or was given for another question. */
export function readCursor(text: string, question: unknown): Cursor {
  const content = parse(text);
  if (content?.[0] !== fingerprint(question)) throw new KeytrailError('TRAIL.INVALID_CURSOR');
  const [, point, time, id, askedAt] = content;
  const asOf = parseLogPoint(point);
  if (!asOf) throw new KeytrailError('TRAIL.INVALID_CURSOR');
  return { time, id, asOf, askedAt };
}

type Content = readonly [fingerprint: string, asOf: string, time: string, id: string, askedAt: number];

function parse(text: string): Content | undefined {
  if (!/^[\w-]{1,2000}$/.test(text)) return undefined;
  try {
    const content = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown;
    return isContent(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

function isContent(content: unknown): content is Content {
  if (!Array.isArray(content) || content.length !== 5) return false;
  const askedAt: unknown = content[4];
  return content.slice(0, 4).every((part) => typeof part === 'string') && Number.isSafeInteger(askedAt);
}

function fingerprint(question: unknown): string {
  return hash('sha256', canonicalJson(question), 'base64url').slice(0, 22);
}
