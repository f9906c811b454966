import { describe, expect, it } from '@jest/globals';
import { KeytrailError } from '../../domain/errors.js';
import { describeError } from './describe-error.js';
import { FrameworkLogger } from './framework-logger.js';
import type { Level, LogEventName } from './log-events.js';
import { PinoLogger } from './pino-logger.js';
import { requestContext } from './request-context.js';

function setup(level: Level = 'debug') {
  const lines: Record<string, unknown>[] = [];
  const dropped: [LogEventName, number][] = [];
  const sut = new PinoLogger({
    level,
    destination: { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
    onDropped: (name, count) => void dropped.push([name, count]),
  });
  return { sut, lines, dropped };
}

describe(PinoLogger.name, () => {
  it('logs what the schema names, with time, level and event', () => {
    const { sut, lines } = setup();

    sut.event('http.answered', { method: 'GET', route: '/v1/events/:id', status: 200, ms: 1.5 });

    expect(lines).toEqual([
      {
        level: 'debug',
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        event: 'http.answered',
        method: 'GET',
        route: '/v1/events/:id',
        status: 200,
        ms: 1.5,
      },
    ]);
  });

  it('drops and counts what the schema does not name or has another type, on every level', () => {
    const { sut, lines, dropped } = setup('error');
    const smuggled = { code: 'X', url: '/?key=canary', place: { deep: 'canary' }, type: 7 } as object;

    sut.event('service.failed', smuggled);
    sut.event('http.connection_refused', { headers: 'canary' } as object);

    expect(lines).toEqual([expect.objectContaining({ event: 'service.failed', code: 'X' })]);
    expect(JSON.stringify(lines)).not.toContain('canary');
    expect(dropped).toEqual([
      ['service.failed', 3],
      ['http.connection_refused', 1],
    ]);
  });

  it('bounds strings and lets none of them break out of its line', () => {
    const { sut, lines } = setup();

    sut.event('http.failed', { route: `a\r\nb\u2028c\u202ed${'x'.repeat(500)}` });

    expect(lines[0]?.['route']).toMatch(/^a\ufffd\ufffdb\ufffdc\ufffdd/);
    expect(String(lines[0]?.['route'])).toHaveLength(200);
  });

  it('puts the request on each of its lines', () => {
    const { sut, lines } = setup();

    requestContext.run({ requestId: 'r-1', traceId: 't-1' }, () => {
      sut.event('access.bootstrap_drift', {});
    });
    sut.event('access.bootstrap_drift', {});

    expect(lines.map((line) => [line['requestId'], line['traceId']])).toEqual([
      ['r-1', 't-1'],
      [undefined, undefined],
    ]);
  });
});

describe(FrameworkLogger.name, () => {
  it('keeps no text of the framework', () => {
    const { sut, lines } = setup();
    const bridge = new FrameworkLogger(sut);

    bridge.error(new TypeError('canary'), 'Error: canary\n at x', 'RoutesResolver');
    bridge.warn('canary', 'canary canary');

    expect(lines).toEqual([
      expect.objectContaining({ event: 'error.unexpected', part: 'RoutesResolver', type: 'TypeError' }),
      expect.objectContaining({ event: 'framework.message', level: 'warn' }),
    ]);
    expect(JSON.stringify(lines)).not.toContain('canary');
  });
});

describe(describeError.name, () => {
  it('tells class, code and place, never the words', () => {
    const error = Object.assign(new RangeError('canary', { cause: 'canary' }), { code: 'ENOSPC' });

    expect(describeError(error)).toEqual({
      type: 'RangeError',
      errno: 'ENOSPC',
      place: expect.stringMatching(/^pino-logger\.spec\.ts:\d+:\d+/),
    });
  });

  it('tells a code of ours', () => {
    expect(describeError(new KeytrailError('STORAGE.DISK_FULL'))).toMatchObject({
      type: 'KeytrailError',
      errno: 'STORAGE.DISK_FULL',
    });
  });

  it('knows nothing of what is no error', () => {
    expect(describeError('canary')).toEqual({ type: 'string' });
    expect(describeError({ name: 'a b', code: 'canary' })).toEqual({ type: 'Error' });
  });
});
