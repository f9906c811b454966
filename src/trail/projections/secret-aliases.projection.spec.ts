import { describe, expect, it } from '@jest/globals';
import { anEntry, anOpenedEvent, aSecret } from '../../../test/support/an-event.js';
import { secretAliasesProjection } from './secret-aliases.projection.js';

describe('secretAliasesProjection', () => {
  it('keeps a pair that a record proves, findable by uid and by path', () => {
    const secret = {
      uid: 'aws-secretsmanager:123456789012:eu-west-1:prod/db',
      store: 'aws-secretsmanager',
      path: 'prod/db',
      alias: 'aws-secretsmanager:123456789012:eu-west-1:prod/db-AbC%20dEf',
    };
    const [write] = secretAliasesProjection.project(anOpenedEvent(0, anEntry({ secrets: [secret] })));

    expect(write).toMatchObject({
      kind: 'create',
      document: {
        fields: {
          uid: secret.uid,
          alias: secret.alias,
          uidNames: [secret.uid, 'prod/db'],
          aliasNames: [secret.alias, 'prod/db-AbC dEf'],
        },
      },
    });
  });

  it('writes nothing for a secret with one name', () => {
    expect(secretAliasesProjection.project(anOpenedEvent(0, anEntry({ secrets: [aSecret('a')] })))).toEqual([]);
  });
});
