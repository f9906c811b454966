import { KeytrailError } from '../../../domain/errors.js';
import { formatLogPoint, type LogPoint } from '../../../domain/position.js';

export function notOnThisLog(point: LogPoint, end: LogPoint): KeytrailError {
  return new KeytrailError('STORAGE.NOT_ON_THIS_LOG', { point: formatLogPoint(point), end: formatLogPoint(end) });
}
