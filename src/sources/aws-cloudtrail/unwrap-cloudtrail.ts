import { asArray, asRecord, recordAt } from '../json-record.js';

/**
 * CloudTrail records out of what they come in: a file of a trail (`Records`), an EventBridge event (`detail`), or a JSON
 * array of either. A record without wrapping is itself.
 */
export function unwrapCloudtrail(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return asArray(value).flatMap((item) => unwrapCloudtrail(item));
  const wrapper = asRecord(value);
  if (!wrapper || 'eventName' in wrapper) return [value];
  if (Array.isArray(wrapper['Records'])) return asArray(wrapper['Records']).flatMap((item) => unwrapCloudtrail(item));
  const detail = recordAt(wrapper, 'detail');
  return detail && 'detail-type' in wrapper ? [detail] : [value];
}
