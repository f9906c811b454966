import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { startOpenbao } from '../../scripts/engines/openbao.js';
import { describeEngines, OWN_OPENBAO } from '../support/engines.js';
import { ENGINE_TIMEOUT } from '../support/shared-engines.js';

describeEngines([OWN_OPENBAO], 'OpenBao', () => {
  it(
    'writes its audit log, and is unsealed with its data after it was killed',
    async () => {
      const server = await startOpenbao();
      const secret = async (method: string, body?: object): Promise<unknown> => {
        const headers = { 'x-vault-token': server.token };
        const options = { method, headers, ...(body && { body: JSON.stringify(body) }) };
        const answer = await fetch(`${server.url}/v1/cubbyhole/database`, options);
        return answer.status === 204 ? undefined : answer.json();
      };
      await secret('PUT', { password: 'not-a-secret' });
      await server.kill(1);
      await server.start(1);
      expect(await secret('GET')).toMatchObject({ data: { password: 'not-a-secret' } });
      const lines = readFileSync(server.auditLog, 'utf8').trimEnd().split('\n');
      const entries = lines.map((line) => JSON.parse(line) as { request: { path: string } });
      expect(entries.filter(({ request }) => request.path === 'cubbyhole/database')).toHaveLength(4);
      await server.stop();
    },
    ENGINE_TIMEOUT,
  );
});
