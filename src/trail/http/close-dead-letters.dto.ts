import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsString, Length } from 'class-validator';

const IDS_LIMIT = 500;
const ID_LENGTH = 64;
const REASON_LENGTH = 1_000;

export class CloseDeadLettersDto {
  @ApiProperty({
    type: 'array',
    items: { type: 'string', minLength: 1, maxLength: ID_LENGTH },
    minItems: 1,
    maxItems: IDS_LIMIT,
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(IDS_LIMIT)
  @IsString({ each: true })
  @Length(1, ID_LENGTH, { each: true })
  readonly ids!: string[];

  @ApiProperty({ description: 'Why they need no more care', minLength: 1, maxLength: REASON_LENGTH })
  @IsString()
  @Length(1, REASON_LENGTH)
  readonly reason!: string;
}
