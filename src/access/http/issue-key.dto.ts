import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type, type TransformFnParams } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDate,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  MinDate,
  ValidateNested,
} from 'class-validator';
import { ROLES, type Role } from '../../domain/principal.js';
import { parseTimestamp } from '../../domain/timestamp.js';

const NAMES_LIMIT = 100;
const KIND = /^[a-z][a-z0-9-]{0,62}$/;
const INSTANCE = /^[^\p{Cc}\p{Cs}\uFFFD]{1,256}$/u;
const ENVIRONMENT = /^[^\p{Cc}\p{Cs}\uFFFD]{1,63}$/u;
const ACTION_CLASS = /^[a-z]{1,32}$/;

function names(description: string, { source }: RegExp): ApiPropertyOptions {
  return { type: 'array', items: { type: 'string', pattern: source }, maxItems: NAMES_LIMIT, description };
}

/** What a `log_writer` key may record. A list that is left out does not restrict. */
export class KeyLimitsDto {
  @ApiPropertyOptional(names('Kinds of sources', KIND))
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(NAMES_LIMIT)
  @Matches(KIND, { each: true, message: 'each of kinds must be a kind such as vault' })
  readonly kinds?: string[];

  @ApiPropertyOptional(names('Instances: names of stores', INSTANCE))
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(NAMES_LIMIT)
  @Matches(INSTANCE, {
    each: true,
    message: 'each of instances must be printable text of at most 256 characters',
  })
  readonly instances?: string[];

  @ApiPropertyOptional(names('Environments', ENVIRONMENT))
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(NAMES_LIMIT)
  @Matches(ENVIRONMENT, {
    each: true,
    message: 'each of environments must be printable text of at most 63 characters',
  })
  readonly environments?: string[];

  @ApiPropertyOptional(names('Action classes: the part of an action before the dot', ACTION_CLASS))
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(NAMES_LIMIT)
  @Matches(ACTION_CLASS, {
    each: true,
    message: 'each of actionClasses must be the part of an action before the dot, such as secret',
  })
  readonly actionClasses?: string[];
}

/** The moment that an RFC 3339 text names. Anything else stays as it is, which is no date. */
function moment(value: unknown): unknown {
  const time = typeof value === 'string' ? parseTimestamp(value) : undefined;
  return time ? new Date(time.milliseconds) : value;
}

export class IssueKeyDto {
  @ApiProperty({
    description: 'Who holds the key: a person, or a machine by a name of its own',
    minLength: 1,
    maxLength: 200,
  })
  @IsString()
  @Length(1, 200)
  readonly name!: string;

  @ApiProperty({ enum: ['person', 'service'] })
  @IsIn(['person', 'service'])
  readonly kind!: 'person' | 'service';

  @ApiProperty({ enum: ROLES })
  @IsIn(ROLES)
  readonly role!: Role;

  @ApiPropertyOptional({ description: "Lets an auditor's key see identities" })
  @IsOptional()
  @IsBoolean()
  readonly identities?: boolean;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'From then on the key is not valid' })
  @IsOptional()
  @Transform(({ value }: TransformFnParams) => moment(value))
  @IsDate({ message: 'notAfter must be an RFC 3339 time' })
  @MinDate(() => new Date(), { message: 'notAfter must lie in the future' })
  readonly notAfter?: Date;

  @ApiPropertyOptional({ type: KeyLimitsDto })
  @IsOptional()
  // Each item of a list would be checked by itself, and none of them would limit anything.
  @IsObject()
  @ValidateNested()
  @Type(() => KeyLimitsDto)
  readonly limits?: KeyLimitsDto;
}
