import { Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../../domain/caller.js';
import { CurrentCaller } from '../../platform/http/current-caller.decorator.js';
import { Requires } from '../../platform/http/requires.decorator.js';
import { AnswersWith } from '../../platform/http/schemas/answers-with.decorator.js';
import { STORE_ERRORS } from '../../platform/http/schemas/error-groups.js';
import { FailsWith } from '../../platform/http/schemas/fails-with.decorator.js';
import { ConfirmKekCopyCommand } from '../commands/confirm-kek-copy/confirm-kek-copy.command.js';
import { RotateKekCommand, type KekRotated } from '../commands/rotate-kek/rotate-kek.command.js';
import type { KekStatus } from '../queries/kek-status/kek-status.query.js';
import { KEK_ROTATED, KEK_STATUS } from './schemas/kek-schemas.js';

const CHANGE_ERRORS = [...STORE_ERRORS, 'STORAGE.VERSION_CONFLICT', 'PRIVACY.KEK_MISSING'] as const;

@ApiTags('keys')
@Controller('v1/kek')
export class KekController {
  constructor(private readonly commands: CommandBus) {}

  @ApiOperation({ summary: "Replace the key-encryption key; only by the host's own command line" })
  @AnswersWith(KEK_ROTATED, 'It is replaced')
  @FailsWith(...CHANGE_ERRORS, 'PRIVACY.KEK_NOT_WRITABLE')
  @Requires('keys:manage', { hostOnly: true })
  @HttpCode(200)
  @Post('rotate')
  rotate(@CurrentCaller() caller: Caller): Promise<KekRotated> {
    return this.commands.execute(new RotateKekCommand(caller));
  }

  @ApiOperation({ summary: 'Say that a copy of the key-encryption key is kept elsewhere' })
  @AnswersWith(KEK_STATUS, 'What is known of it')
  @FailsWith(...CHANGE_ERRORS)
  @Requires('keys:manage')
  @HttpCode(200)
  @Post('confirm-copy')
  confirmCopy(@CurrentCaller() caller: Caller): Promise<KekStatus> {
    return this.commands.execute(new ConfirmKekCopyCommand(caller));
  }
}
