import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { DEAD_LETTER_STATES, type DeadLetterState } from '../queries/list-dead-letters/list-dead-letters.query.js';
import { PageDto } from './page.dto.js';
import { Values } from './values.decorator.js';

export class ListDeadLettersDto extends PageDto {
  @ApiPropertyOptional({ enum: DEAD_LETTER_STATES, default: 'open' })
  @IsOptional()
  @IsIn(DEAD_LETTER_STATES)
  readonly state?: DeadLetterState;

  @Values('Kinds of sources')
  readonly source?: string[];

  @Values('Instances')
  readonly instance?: string[];

  @Values('Reasons')
  readonly reason?: string[];
}
