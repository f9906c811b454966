import { list, mapOf, object, oneOf, text, titled } from '../../../platform/http/schemas/schema.js';

const STATE = oneOf(['bad', 'unknown', 'warning', 'good'], '`unknown`: could not be found out, which is never a pass');

const FINDING = titled(
  'Finding',
  object(
    {
      name: text('What was looked at, such as `installation.disk`: stable'),
      state: STATE,
      facts: mapOf({ type: ['string', 'number', 'boolean', 'null'] }, 'Measured values'),
    },
    { advice: text('What to do, in words; where the state is not good') },
  ),
);

export const DIAGNOSIS = object({
  state: { ...STATE, description: 'The worst of the findings' },
  findings: list(FINDING, 'By name'),
});
