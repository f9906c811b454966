// What an application writes itself, in the format that `generic-json` takes as it is: whole seconds, no ids.
import { ATTACKER, PEOPLE } from './cast.js';
import { DAYS, wholeSeconds } from './timeline.js';

/** The lines of the log, in order of time. */
export function applicationLog(timeline) {
  const records = DAYS.flatMap((day) => [...daily(timeline, day), ...story(timeline, day)]);
  return records
    .filter(({ time }) => timeline.isPast(time))
    .sort((one, other) => one.time - other.time)
    .map(({ time, ...rest }) => JSON.stringify({ timestamp: wholeSeconds(time), ...rest }));
}

function daily(timeline, day) {
  const reads = [1, 9, 17].map((hour) =>
    access(timeline.within(day, [hour, hour + 2], 'sendgrid'), 'worker', 'sendgrid_api_key'),
  );
  if (timeline.isWeekend(day)) return reads;
  return [...reads, access(timeline.within(day, [9, 17], 'stripe'), 'bob', 'stripe_api_key')];
}

function story(timeline, day) {
  const happened = {
    11: [change(timeline.at(11, '12:00:00'), 'alice', 'add', 'maps_api_key')],
    8: [
      change(timeline.at(8, '14:22:05'), 'sofia', 'modify', 'sendgrid_api_key'),
      permission(timeline.at(8, '14:30:00'), 'sofia'),
    ],
    5: [
      rotation(timeline.at(5, '02:30:00'), 'scheduler', 'automatic'),
      rotation(timeline.at(5, '10:05:00'), 'alice', 'manual'),
    ],
    3: failures(timeline),
    1: [change(timeline.at(1, '15:00:00'), 'alice', 'delete', 'maps_api_key')],
  };
  return happened[day] ?? [];
}

/** Five attempts within the same second are five events, although nothing in the records tells them apart. */
function failures(timeline) {
  return Array.from({ length: 25 }, (_, attempt) => ({
    time: timeline.at(3, `04:44:0${Math.floor(attempt / 5)}`),
    event_type: 'failed_access_attempt',
    user_id: 'user_chen',
    secret_name: 'stripe_api_key',
    environment: 'production',
    action: 'read',
    ip_address: ATTACKER,
    user_agent: 'curl/8.9.1',
    success: false,
    reason: 'access_denied',
  }));
}

const access = (time, who, secret) => ({
  time,
  event_type: 'secret_access',
  ...fields(who, secret),
  action: 'read',
  success: true,
});
const change = (time, who, action, secret) => ({
  time,
  event_type: 'secret_change',
  ...fields(who, secret),
  action,
  success: true,
});
const rotation = (time, who, rotation_type) => ({
  time,
  event_type: 'secret_rotation',
  ...fields(who, 'stripe_api_key'),
  action: 'rotate',
  rotation_type,
  success: true,
});
const permission = (time, who) => ({
  time,
  event_type: 'permission_change',
  ...fields(who, 'stripe_api_key'),
  action: 'grant',
  success: true,
});

function fields(who, secret_name) {
  const { email, address } = PEOPLE[who] ?? { address: '10.20.9.9' };
  return {
    user_id: `user_${who}`,
    ...(email ? { user_email: email } : { actor_type: 'service' }),
    secret_name,
    environment: 'production',
    ip_address: address,
    user_agent: 'AppStruct/1.0',
  };
}
