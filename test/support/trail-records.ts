/** A record in the users' own format. */
interface Native {
  readonly timestamp: string;
  readonly event_type: string;
  readonly action: string;
  readonly user: string;
  readonly secret: string;
  readonly success?: boolean;
}

/** Ann works from 10.1.2.3, everybody else from 192.0.2.9. */
export const native = ({ user, secret, success = true, ...rest }: Native): object => ({
  ...rest,
  user_id: `id_${user}`,
  user_email: `${user}@example.com`,
  secret_name: secret,
  environment: 'production',
  ip_address: user === 'ann' ? '10.1.2.3' : '192.0.2.9',
  user_agent: 'AppStruct/1.0',
  success,
});

/** A person's read of a secret, in the users' own format. */
export const read = (user: string, secret: string, timestamp: string): object =>
  native({ user, secret, timestamp, event_type: 'secret_access', action: 'read' });

/** Two people, two secrets, a rotation and a failed attempt. */
export const RECORDS = [
  read('ann', 'stripe/api_key', '2026-11-01T08:00:00Z'),
  read('ann', 'stripe/api_key', '2026-11-01T09:00:00Z'),
  read('bob', 'stripe/api_key', '2026-11-02T09:00:00Z'),
  read('ann', 'sendgrid/key', '2026-11-02T10:00:00Z'),
  native({
    user: 'ann',
    secret: 'stripe/api_key',
    timestamp: '2026-11-03T10:00:00Z',
    event_type: 'secret_rotation',
    action: 'rotate',
  }),
  native({
    user: 'bob',
    secret: 'stripe/api_key',
    timestamp: '2026-11-05T10:00:00Z',
    event_type: 'failed_attempt',
    action: 'read',
    success: false,
  }),
];
