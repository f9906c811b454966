/** A line of the users' own format: somebody read a secret at that second. */
export function readOf(second: number, user = 'user_1'): string {
  return JSON.stringify({
    timestamp: `2026-01-15T10:30:0${second}Z`,
    event_type: 'secret_access',
    user_id: user,
    user_email: `${user}@example.com`,
    secret_name: 'stripe_api_key',
    environment: 'production',
    action: 'read',
    ip_address: '192.0.2.1',
    success: true,
  });
}
