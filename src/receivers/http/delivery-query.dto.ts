import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';

/** What a delivery's query says: how to take the records, never the records. */
export class DeliveryQueryDto {
  @ApiPropertyOptional({
    description: 'Name of the store that the records come from, where they do not say it',
    minLength: 1,
    maxLength: 256,
  })
  @IsOptional()
  @IsString()
  @Length(1, 256)
  readonly instance?: string;

  @ApiPropertyOptional({ description: 'Environment, where the records do not say it', minLength: 1, maxLength: 63 })
  @IsOptional()
  @IsString()
  @Length(1, 63)
  readonly environment?: string;

  @ApiPropertyOptional({
    enum: ['true'],
    description:
      'Write what the present mapping understands otherwise; only with the permission events:supersede (role admin)',
  })
  @IsOptional()
  @IsIn(['true'])
  readonly supersede?: 'true';

  @ApiPropertyOptional({ description: 'Why; needed with supersede', minLength: 1, maxLength: 500 })
  @IsOptional()
  @IsString()
  @Length(1, 500)
  readonly reason?: string;

  @ApiPropertyOptional({ enum: ['failed'], description: 'Leave the items out that are fine' })
  @IsOptional()
  @IsIn(['failed'])
  readonly items?: 'failed';
}
