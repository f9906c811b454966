import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../../domain/caller.js';
import { RecordEventsCommand } from '../../ingestion/commands/record-events/record-events.command.js';
import { CurrentCaller } from '../../platform/http/current-caller.decorator.js';
import { Requires } from '../../platform/http/requires.decorator.js';
import { AnswersWith } from '../../platform/http/schemas/answers-with.decorator.js';
import { RECORDING_ERRORS, STORE_ERRORS } from '../../platform/http/schemas/error-groups.js';
import { FailsWith } from '../../platform/http/schemas/fails-with.decorator.js';
import { PathText } from '../../platform/http/schemas/path-text.decorator.js';
import { IssueKeyCommand } from '../commands/issue-key/issue-key.command.js';
import { RecoverKeyCommand } from '../commands/recover-key/recover-key.command.js';
import { RevokeKeyCommand } from '../commands/revoke-key/revoke-key.command.js';
import { ListKeysQuery, type KeyView } from '../queries/list-keys/list-keys.query.js';
import { IssueKeyDto } from './issue-key.dto.js';
import { RecoverKeyDto } from './recover-key.dto.js';
import { KEY_ID, KEYS, SHOWN_KEY } from './schemas/key-schemas.js';

const CHANGE_ERRORS = [...STORE_ERRORS, 'STORAGE.VERSION_CONFLICT'] as const;

/** A new key: the only time it is shown. */
interface ShownKey {
  readonly id: string;
  readonly key: string;
}

@ApiTags('keys')
@Controller('v1/keys')
export class KeysController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @ApiOperation({ summary: 'All keys ever issued, without the keys themselves' })
  @AnswersWith(KEYS, 'The keys')
  @FailsWith(...RECORDING_ERRORS)
  @Requires('keys:manage')
  @Get()
  async list(@CurrentCaller() caller: Caller): Promise<{ readonly keys: readonly KeyView[] }> {
    const details = { query: 'keys', identities: true };
    const [keys] = await Promise.all([
      this.queries.execute(new ListKeysQuery()),
      this.commands.execute(
        new RecordEventsCommand(
          { form: 'own', events: [{ action: 'keytrail.queried', outcome: 'success', details }] },
          caller,
        ),
      ),
    ]);
    return { keys };
  }

  @ApiOperation({ summary: 'Issue a key; the answer is the only time it is shown' })
  @AnswersWith(SHOWN_KEY, 'The new key', 201)
  @FailsWith(...CHANGE_ERRORS, 'ACCESS.TOO_MANY_KEYS')
  @Requires('keys:manage')
  @Post()
  async issue(@Body() body: IssueKeyDto, @CurrentCaller() caller: Caller): Promise<ShownKey> {
    const { kind, ...rest } = body;
    const request = { ...rest, actorKind: kind === 'person' ? 'user' : 'service' } as const;
    const { id, key } = await this.commands.execute(new IssueKeyCommand(request, caller));
    return { id, key: key.expose('shown once to its issuer') };
  }

  @ApiOperation({ summary: "A new administrator's key in place of a lost one; only by the host's own command line" })
  @AnswersWith(SHOWN_KEY, 'The new key', 201)
  @FailsWith(...CHANGE_ERRORS, 'ACCESS.TOO_MANY_KEYS', 'ACCESS.KEY_NOT_FOUND', 'ACCESS.LAST_ADMIN_KEY')
  @Requires('keys:manage', { hostOnly: true })
  @Post('recover')
  async recover(@Body() body: RecoverKeyDto, @CurrentCaller() caller: Caller): Promise<ShownKey> {
    const { id, key } = await this.commands.execute(new RecoverKeyCommand(body.replaces, body.name, caller));
    return { id, key: key.expose('shown once to the user of this host') };
  }

  @ApiOperation({ summary: 'Revoke a key at once and for ever' })
  @PathText('id', KEY_ID)
  @ApiNoContentResponse({ description: 'It is revoked' })
  @FailsWith(...CHANGE_ERRORS, 'ACCESS.KEY_NOT_FOUND', 'ACCESS.LAST_ADMIN_KEY')
  @Requires('keys:manage')
  @HttpCode(204)
  @Delete(':id')
  async revoke(@Param('id') id: string, @CurrentCaller() caller: Caller): Promise<void> {
    await this.commands.execute(new RevokeKeyCommand(id, caller));
  }
}
