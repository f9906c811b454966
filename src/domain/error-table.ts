/**
 * Every failure that Keytrail tells a caller about. `http` is the status, `exit` the CLI's exit code, `title` what
 * happened, `remedy` what to do. Codes are stable: they are part of the API and of the runbook.
 */
interface ErrorKind {
  readonly http: number;
  readonly exit: number;
  readonly title: string;
  readonly remedy: string;
}

/** CLI exit codes, documented in docs/cli.md. */
export const EXIT = { ok: 0, failed: 1, usage: 2, refused: 3, unavailable: 4, partial: 5, notFound: 6 } as const;

export const ERRORS = {
  'REQUEST.INVALID': kind(400, EXIT.usage, 'The request is not valid', 'Correct the fields named in `errors`.'),
  'REQUEST.NOT_FOUND': kind(
    404,
    EXIT.notFound,
    'There is nothing at this address',
    'Check the path against /openapi.json.',
  ),
  'REQUEST.METHOD_NOT_ALLOWED': kind(
    405,
    EXIT.usage,
    'The method is not allowed here',
    'Check the method against /openapi.json.',
  ),
  'REQUEST.UNSUPPORTED_MEDIA_TYPE': kind(
    415,
    EXIT.usage,
    'The content type or encoding is not supported',
    'Send JSON or NDJSON, plain or gzip.',
  ),
  'REQUEST.TIMEOUT': kind(
    408,
    EXIT.unavailable,
    'The request took too long to arrive',
    'Send the body faster or in smaller pieces.',
  ),
  'REQUEST.CREDENTIAL_IN_QUERY': kind(
    400,
    EXIT.refused,
    'A credential stood in the query string',
    'Send the key in the Authorization header, and replace that key: it may be in logs on the way.',
  ),
  'ACCESS.UNAUTHENTICATED': kind(401, EXIT.refused, 'No valid key was sent', 'Send `Authorization: Bearer <key>`.'),
  'ACCESS.DENIED': kind(
    403,
    EXIT.refused,
    'The key has no right to do this',
    'Use a key whose role allows it; an administrator issues one.',
  ),
  'ACCESS.KEY_NOT_FOUND': kind(404, EXIT.notFound, 'There is no such key', 'List the keys and use an id from there.'),
  'ACCESS.LAST_ADMIN_KEY': kind(
    409,
    EXIT.refused,
    'This is the last administrator key',
    'Issue another administrator key first.',
  ),
  'ACCESS.TOO_MANY_KEYS': kind(
    409,
    EXIT.refused,
    'The key ring is full',
    'Use the keys there are; revoked keys count too, as they are kept for ever.',
  ),
  'INGESTION.BATCH_TOO_LARGE': kind(
    413,
    EXIT.usage,
    'The request holds too much',
    'Send at most the records and bytes named in `limits`.',
  ),
  'INGESTION.UNREADABLE_BODY': kind(
    400,
    EXIT.usage,
    'The body could not be read',
    'Send valid JSON or NDJSON; a gzip body must be complete.',
  ),
  'INGESTION.UNKNOWN_SOURCE': kind(
    404,
    EXIT.usage,
    'There is no source of this kind',
    'Use one of the kinds named in `kinds`.',
  ),
  'INGESTION.QUEUE_FULL': kind(
    503,
    EXIT.unavailable,
    'Too much is waiting to be recorded',
    'Send again after Retry-After; nothing of this request was recorded.',
  ),
  'INGESTION.UNAVAILABLE': kind(
    503,
    EXIT.unavailable,
    'The event log cannot be written now',
    'Send again after Retry-After; the ids make that harmless.',
  ),
  'STORAGE.FOLDER_IN_USE': kind(
    503,
    EXIT.unavailable,
    'Another process holds the data folder',
    'Stop that process or go through its address.',
  ),
  'STORAGE.UNAVAILABLE': kind(
    503,
    EXIT.unavailable,
    'A store does not answer',
    'See `keytrail doctor`; the service tries again by itself.',
  ),
  'STORAGE.DISK_FULL': kind(
    503,
    EXIT.unavailable,
    'The disk is full',
    "Free space on the data folder's disk; the service goes on by itself.",
  ),
  'STORAGE.DAMAGED': kind(
    503,
    EXIT.failed,
    'A database file is damaged',
    'Restore it from a backup; a damaged read store may be deleted, it is rebuilt.',
  ),
  'STORAGE.NEWER_DATA': kind(
    503,
    EXIT.failed,
    'The data folder was written by a newer version',
    'Start the version named in `needed`, or a later one.',
  ),
  'STORAGE.NOT_ON_THIS_LOG': kind(
    503,
    EXIT.failed,
    'A remembered point is not on this event log',
    'The log was replaced, restored or cut. Bring back the log that the point belongs to, or rebuild what remembers it.',
  ),
  'STORAGE.NOT_AN_EVENT': kind(503, EXIT.failed, 'Something on the event log is no event', 'Find out who wrote it.'),
  'STORAGE.QUERY_TOO_SLOW': kind(
    503,
    EXIT.unavailable,
    'The query was given up as it took too long',
    'Narrow the filter or the time range.',
  ),
  'STORAGE.VERSION_CONFLICT': kind(
    409,
    EXIT.failed,
    'Someone else changed it meanwhile',
    'Read it again and repeat the change.',
  ),
  'PRIVACY.KEK_MISMATCH': kind(
    503,
    EXIT.failed,
    'The key-encryption key does not open the stored data keys',
    'Give the key that this data folder was made with (KEYTRAIL_KEK_FILE).',
  ),
  'PRIVACY.KEK_MISSING': kind(
    503,
    EXIT.failed,
    'The key-encryption key is missing',
    'Put a copy back at the place named, or set KEYTRAIL_KEK_FILE. Without it no identity can be read.',
  ),
  'PRIVACY.KEK_NOT_WRITABLE': kind(
    409,
    EXIT.refused,
    'The file of the key-encryption key cannot be written',
    'Make the file and its folder writable for the service while the key is rotated.',
  ),
  'PRIVACY.IDENTITY_KEY_MISSING': kind(
    503,
    EXIT.failed,
    'The identity key is missing although events are stored',
    'Restore state.sqlite from a backup. A new identity key would give every person and record a second id.',
  ),
  'PRIVACY.TOO_MANY_SUBJECTS': kind(
    503,
    EXIT.unavailable,
    'Too many new subjects in one hour',
    'See the runbook: raise the limit if these are real people and machines.',
  ),
  'TRAIL.INVALID_FILTER': kind(400, EXIT.usage, 'The filter is not valid', 'Correct the part named in `errors`.'),
  'TRAIL.INVALID_CURSOR': kind(
    400,
    EXIT.usage,
    'The cursor does not belong to this query',
    'Start again without a cursor, or send the same filter as before.',
  ),
  'TRAIL.EVENT_NOT_FOUND': kind(404, EXIT.notFound, 'There is no such event', 'Check the id.'),
  'TRAIL.DEAD_LETTER_NOT_FOUND': kind(
    404,
    EXIT.notFound,
    'There is no such dead letter',
    'List the dead letters and use ids from there; one that was just recorded may take a moment to show.',
  ),
  'TRAIL.FILTER_NOT_FOUND': kind(404, EXIT.notFound, 'There is no such saved filter', 'List the saved filters.'),
  'TRAIL.NOT_READY': kind(
    503,
    EXIT.unavailable,
    'The read store is being rebuilt',
    'Ask again later; /metrics and doctor show the progress.',
  ),
  'REPORTING.REPORT_NOT_FOUND': kind(404, EXIT.notFound, 'There is no such report', 'List the reports.'),
  'REPORTING.NOT_FINISHED': kind(
    409,
    EXIT.unavailable,
    'The report is not finished',
    'Ask again later; its progress is at GET /v1/reports/{id}.',
  ),
  'REPORTING.TOO_MANY_WAITING': kind(
    503,
    EXIT.unavailable,
    'Too many reports are waiting',
    'Ask again when some are made, or cancel those that nobody needs.',
  ),
  'REPORTING.NOT_MADE': kind(409, EXIT.failed, 'The run ended without a report', 'See its record; request it again.'),
  'REPORTING.FILE_LOST': kind(500, EXIT.failed, 'A file of the report is lost', 'Restore it, or request it again.'),
  'REPORTING.FAILED': kind(500, EXIT.failed, 'The report could not be made', 'See the run record; request it again.'),
  'CONFIG.INVALID': kind(500, EXIT.usage, 'The configuration is not valid', 'Correct the settings named in `errors`.'),
  'CLI.USAGE': kind(400, EXIT.usage, 'The command line is not valid', 'See `keytrail --help`.'),
  'CLI.FILE_UNREADABLE': kind(400, EXIT.failed, 'A file could not be read', 'Check the path and its permissions.'),
  'CLI.FILE_UNWRITABLE': kind(400, EXIT.failed, 'A file could not be written', 'Give a path where you may write.'),
  'CLI.KEY_MISSING': kind(
    401,
    EXIT.refused,
    'The service wants a key and none was given',
    'Set KEYTRAIL_KEY or give --key-file; an administrator issues keys.',
  ),
  'CLI.NO_DATA_FOLDER': kind(
    404,
    EXIT.notFound,
    'There is no data folder here',
    'Give --data or --url, or start with `keytrail serve`.',
  ),
  'CLI.NOT_MATCHABLE': kind(
    409,
    EXIT.failed,
    'The event can no longer be matched with a record',
    'Ask with a key that may see identities; after an erasure nothing can be matched.',
  ),
  'CLI.SERVICE_UNREACHABLE': kind(
    503,
    EXIT.unavailable,
    'The service does not answer',
    'Check --url and that the service runs.',
  ),
  'SERVICE.STOPPING': kind(
    503,
    EXIT.unavailable,
    'The service is stopping',
    'Send again after Retry-After; nothing of this request was recorded.',
  ),
  'INTERNAL.UNEXPECTED': kind(
    500,
    EXIT.failed,
    'Something unexpected happened',
    'Give the request id to whoever runs this service; its log has the place.',
  ),
} as const satisfies Record<string, ErrorKind>;

function kind(http: number, exit: number, title: string, remedy: string): ErrorKind {
  return { http, exit, title, remedy };
}
