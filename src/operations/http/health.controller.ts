import { Controller, Get, HttpCode, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Health } from '../../platform/health/health.js';
import { Open } from '../../platform/http/requires.decorator.js';
import { AnswersWith } from '../../platform/http/schemas/answers-with.decorator.js';
import { DOWN, UP } from './schemas/service-schemas.js';

/** Up or not, and no more: these two are open to everyone. */
@ApiTags('operations')
@Controller()
export class HealthController {
  constructor(private readonly health: Health) {}

  @ApiOperation({ summary: 'The process answers' })
  @AnswersWith(UP, 'It does')
  @Open()
  @HttpCode(200)
  @Get('livez')
  live(): { readonly status: 'up' } {
    return { status: 'up' };
  }

  @ApiOperation({ summary: 'The service can record and answer' })
  @AnswersWith(UP, 'It can')
  @AnswersWith(DOWN, 'It can not', 503)
  @Open()
  @Get('readyz')
  ready(@Res({ passthrough: true }) reply: FastifyReply): { readonly status: 'up' | 'down' } {
    if (this.health.ready) return { status: 'up' };
    void reply.code(503).header('retry-after', '2');
    return { status: 'down' };
  }
}
