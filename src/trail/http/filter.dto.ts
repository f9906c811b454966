import { OUTCOMES, REASONS } from '../../domain/outcome.js';
import { ACTOR_KINDS } from '../../domain/sourced-event.js';
import { MOMENT } from '../../platform/http/schemas/schema.js';
import { ACTION } from './schemas/filter-schemas.js';
import { OneText, Switch, Values } from './values.decorator.js';

const TIME = 'RFC 3339; a date stands for its first moment, UTC.';
const IDENTITY = 'Needs identities:read.';

/** Which events a question is about. Every parameter that is given must hold; `not.` in front of one negates it. */
export class FilterDto {
  @Values(`Who acted: a subject id; or a native id, name or e-mail address (${IDENTITY})`)
  readonly actor?: string[];

  @Values('What kind of actor', { allowed: ACTOR_KINDS })
  readonly actorKind?: string[];

  @Values(`The id of the credential used. ${IDENTITY}`)
  readonly credential?: string[];

  @Values(`The session's id or name. ${IDENTITY}`)
  readonly session?: string[];

  @Values(
    'A uid or path: as it is, its beginning (`abc*`), or with wildcards `*` and `?`. A secret with several names is found by any of them, under all of them.',
  )
  readonly secret?: string[];

  @Values('An action (`secret.read`) or a class of them (`secret.*`)', { pattern: ACTION })
  readonly action?: string[];

  @Values('What became of it', { allowed: OUTCOMES })
  readonly outcome?: string[];

  @Values('Why a failure failed', { allowed: REASONS })
  readonly reason?: string[];

  @Values('The kind of source: `vault`, `aws-cloudtrail`')
  readonly source?: string[];

  @Values('Which store of that kind')
  readonly instance?: string[];

  @Values('The environment')
  readonly environment?: string[];

  @Values(`An IP address, a host name or a block such as \`10.0.0.0/8\`. ${IDENTITY}`)
  readonly address?: string[];

  @Values(`A part of the user agent, upper or lower case. ${IDENTITY}`)
  readonly userAgent?: string[];

  @Values(`A part of the event's free text, upper or lower case. ${IDENTITY}`)
  readonly text?: string[];

  @Values("The store's request id or its own id of the event")
  readonly requestId?: string[];

  @OneText(`The beginning of the period, inclusive. ${TIME}`, { pattern: MOMENT })
  readonly from?: string;

  @OneText(`The end of the period, exclusive. ${TIME}`, { pattern: MOMENT })
  readonly to?: string;

  @Values('Not this actor')
  readonly 'not.actor'?: string[];

  @Values('Not this kind of actor', { allowed: ACTOR_KINDS })
  readonly 'not.actorKind'?: string[];

  @Values('Not this credential')
  readonly 'not.credential'?: string[];

  @Values('Not this session')
  readonly 'not.session'?: string[];

  @Values('Not this secret')
  readonly 'not.secret'?: string[];

  @Values('Not this action', { pattern: ACTION })
  readonly 'not.action'?: string[];

  @Values('Not this outcome', { allowed: OUTCOMES })
  readonly 'not.outcome'?: string[];

  @Values('Not this reason', { allowed: REASONS })
  readonly 'not.reason'?: string[];

  @Values('Not this kind of source')
  readonly 'not.source'?: string[];

  @Values('Not this store')
  readonly 'not.instance'?: string[];

  @Values('Not this environment')
  readonly 'not.environment'?: string[];

  @Values('Not this address')
  readonly 'not.address'?: string[];

  @Values('No user agent with this part')
  readonly 'not.userAgent'?: string[];

  @Values('No free text with this part')
  readonly 'not.text'?: string[];

  @Values('Not this request')
  readonly 'not.requestId'?: string[];

  @OneText(`The beginning of a period to leave out, inclusive. ${TIME}`, { pattern: MOMENT })
  readonly 'not.from'?: string;

  @OneText(`The end of a period to leave out, exclusive. ${TIME}`, { pattern: MOMENT })
  readonly 'not.to'?: string;

  @Switch("`true`: Keytrail's own acts and the health of sources too")
  readonly own?: string;

  @Switch('`true`: count the echoes of an access too (a KMS decrypt behind a secret read)')
  readonly echoes?: string;

  @Values('Ids of saved filters, which must all hold too')
  readonly filter?: string[];
}
