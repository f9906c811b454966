import { asArray, asRecord, recordAt, type JsonRecord } from '../json-record.js';
import { RecordText } from '../source.port.js';

/**
 * CloudTrail records out of what they come in: a file of a trail (`Records`), an EventBridge event (`detail`), a delivery
 * of a CloudWatch Logs subscription (`logEvents`), or a JSON array of these. A record without wrapping is itself.
 * docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
 */
export function unwrapCloudtrail(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return asArray(value).flatMap((item) => unwrapCloudtrail(item));
  const wrapper = asRecord(value);
  if (!wrapper || 'eventName' in wrapper) return [value];
  if (Array.isArray(wrapper['Records'])) return asArray(wrapper['Records']).flatMap((item) => unwrapCloudtrail(item));
  if (wrapper['messageType'] === 'DATA_MESSAGE' && Array.isArray(wrapper['logEvents']))
    return asArray(wrapper['logEvents']).map(messageOf);
  const detail = recordAt(wrapper, 'detail');
  return detail && 'detail-type' in wrapper ? [detail] : [value];
}

/** What CloudWatch Logs sends to see whether its destination answers. */
export function isControlMessage(record: JsonRecord): boolean {
  return record['messageType'] === 'CONTROL_MESSAGE' && !('eventName' in record);
}

function messageOf(logEvent: unknown): unknown {
  const message = asRecord(logEvent)?.['message'];
  return typeof message === 'string' ? new RecordText(message) : message;
}
