import { BadRequestException, NotFoundException } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { KeytrailError } from '../../domain/errors.js';
import { knownError, problemOf } from './problem.js';

describe(problemOf.name, () => {
  it('says what happened, what to do, and which request it was', () => {
    const error = new KeytrailError('INGESTION.BATCH_TOO_LARGE', { limits: { records: 5000, bytes: 8_388_608 } });

    expect(problemOf(error, 'r-1')).toEqual({
      status: 413,
      code: 'INGESTION.BATCH_TOO_LARGE',
      headers: {},
      body: {
        type: 'urn:keytrail:error:INGESTION.BATCH_TOO_LARGE',
        title: 'The request holds too much',
        status: 413,
        code: 'INGESTION.BATCH_TOO_LARGE',
        remedy: 'Send at most the records and bytes named in `limits`.',
        requestId: 'r-1',
        limits: { records: 5000, bytes: 8_388_608 },
      },
    });
  });

  it('lets no fact take the place of a member', () => {
    expect(problemOf(new KeytrailError('REQUEST.INVALID', { code: 'X', status: 200 }), 'r-1').body).toMatchObject({
      code: 'REQUEST.INVALID',
      status: 400,
    });
  });

  it.each([
    [new KeytrailError('INGESTION.QUEUE_FULL'), { 'retry-after': '2' }],
    [new KeytrailError('STORAGE.DISK_FULL', { retryAfter: 29.5 }), { 'retry-after': '30' }],
    [new KeytrailError('ACCESS.UNAUTHENTICATED'), { 'www-authenticate': 'Bearer realm="keytrail"' }],
    [new KeytrailError('REQUEST.METHOD_NOT_ALLOWED', { allow: ['GET', 'POST'] }), { allow: 'GET, POST' }],
  ])('sends the headers that belong to %s', (error, headers) => {
    expect(problemOf(error, 'r-1').headers).toEqual(headers);
  });
});

describe(knownError.name, () => {
  it.each([
    [new NotFoundException('Cannot GET /?key=canary'), 'REQUEST.NOT_FOUND'],
    [new BadRequestException({ message: ['canary'] }), 'REQUEST.INVALID'],
    [Object.assign(new Error('canary'), { code: 'FST_ERR_CTP_BODY_TOO_LARGE' }), 'INGESTION.BATCH_TOO_LARGE'],
    [Object.assign(new Error('canary'), { code: 'FST_ERR_CTP_EMPTY_JSON_BODY', statusCode: 400 }), 'REQUEST.INVALID'],
    [Object.assign(new Error('canary'), { code: 'ERR_SQLITE_ERROR' }), 'INTERNAL.UNEXPECTED'],
    ['canary', 'INTERNAL.UNEXPECTED'],
    [undefined, 'INTERNAL.UNEXPECTED'],
  ])('knows %j as %s, without its words', (thrown, code) => {
    const known = knownError(thrown);
    expect(known.code).toBe(code);
    expect(JSON.stringify(problemOf(known, 'r-1'))).not.toContain('canary');
  });
});
