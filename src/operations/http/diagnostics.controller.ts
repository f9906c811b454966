import { Controller, Get } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../../domain/caller.js';
import { RecordEventsCommand } from '../../ingestion/commands/record-events/record-events.command.js';
import { DiagnosticCheck } from '../../platform/diagnostics/diagnostic-check.js';
import { runChecks, type Diagnosis } from '../../platform/diagnostics/run-checks.js';
import { describeError } from '../../platform/logging/describe-error.js';
import { Logger } from '../../platform/logging/logger.js';
import { AnswersWith } from '../../platform/http/schemas/answers-with.decorator.js';
import { CurrentCaller } from '../../platform/http/current-caller.decorator.js';
import { Requires } from '../../platform/http/requires.decorator.js';
import { DIAGNOSIS } from './schemas/diagnostics-schemas.js';

const CHECK_WAIT_MS = 5_000;

/** The doctor: what each room finds of itself. */
@ApiTags('operations')
@Controller('v1/diagnostics')
export class DiagnosticsController {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly commands: CommandBus,
    private readonly logger: Logger,
  ) {}

  @ApiOperation({ summary: 'Set-up, stores, disk, clock, key copies: what is as it should be and what to do' })
  @AnswersWith(DIAGNOSIS, 'What was found, bad things too')
  @Requires('diagnostics:read')
  @Get()
  async diagnose(@CurrentCaller() caller: Caller): Promise<Diagnosis> {
    const [diagnosis] = await Promise.all([runChecks(this.#checks(), CHECK_WAIT_MS), this.#record(caller)]);
    return diagnosis;
  }

  #checks(): readonly DiagnosticCheck[] {
    const instances = this.discovery.getProviders().map(({ instance }): unknown => instance);
    return instances.filter((instance) => instance instanceof DiagnosticCheck);
  }

  /** The one answer that may go out unrecorded: the doctor is needed most while the log can't be written. */
  async #record(caller: Caller): Promise<void> {
    const events = [{ action: 'keytrail.diagnosed', outcome: 'success' }] as const;
    try {
      await this.commands.execute(new RecordEventsCommand({ form: 'own', events }, caller));
    } catch (error) {
      this.logger.event('error.unexpected', { part: 'diagnostics', ...describeError(error) });
    }
  }
}
