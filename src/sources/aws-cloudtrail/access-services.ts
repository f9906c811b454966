import type { RecordableAction } from '../../domain/action.js';
import { recordAt, textAt } from '../json-record.js';
import type { AwsService } from './aws-call.js';

const STS_ACTIONS: ReadonlyMap<string, RecordableAction> = new Map([
  ['AssumeRole', 'auth.login'],
  ['AssumeRoleWithSAML', 'auth.login'],
  ['AssumeRoleWithWebIdentity', 'auth.login'],
  ['AssumeRoot', 'auth.login'],
  ['GetFederationToken', 'auth.login'],
  ['GetSessionToken', 'auth.login'],
]);

/** AWS STS: temporary credentials. Only on the scope list when configured. */
export const STS: AwsService = {
  parameters: new Set(),
  response: new Set(),
  understand: ({ eventName }) => ({ action: STS_ACTIONS.get(eventName) ?? 'other', secrets: [] }),
};

const SIGN_IN_ENDS: ReadonlySet<string> = new Set(['ConsoleLogin', 'CredentialVerification', 'UserAuthentication']);

/** Console sign-in. Only on the scope list when configured. How it ended stands in the response. */
export const SIGN_IN: AwsService = {
  parameters: new Set(),
  response: new Set(['ConsoleLogin']),
  understand: (call) => {
    const details = recordAt(call.record, 'serviceEventDetails');
    const ended = textAt(call.response, call.eventName) ?? textAt(details, call.eventName);
    const isLogin = SIGN_IN_ENDS.has(call.eventName);
    if (ended !== 'Failure') return { action: isLogin ? 'auth.login' : 'other', secrets: [] };
    return { action: isLogin ? 'auth.login' : 'other', secrets: [], outcome: 'failure', reason: 'unauthenticated' };
  },
};
