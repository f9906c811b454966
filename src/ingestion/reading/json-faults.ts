import type { RejectionReason } from '../../sources/source.port.js';
import type { JsonFaults } from './read-json.js';

/** The first fault within a value of bounded depth. */
export function findFault(value: unknown, faults: JsonFaults): RejectionReason | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  const own = faults.get(value);
  if (own) return own;
  for (const member of Object.values(value)) {
    const fault = findFault(member, faults);
    if (fault) return fault;
  }
  return undefined;
}

/** A fault that lies in no record but in what wraps them: it may hide records, so it spoils them all. */
export function findFaultAround(records: readonly unknown[], faults: JsonFaults): RejectionReason | undefined {
  const within = new Set<object>();
  for (const record of records) collectContainers(record, within);
  for (const [container, fault] of faults) if (!within.has(container)) return fault;
  return undefined;
}

function collectContainers(value: unknown, containers: Set<object>): void {
  if (value === null || typeof value !== 'object') return;
  containers.add(value);
  for (const member of Object.values(value)) collectContainers(member, containers);
}
