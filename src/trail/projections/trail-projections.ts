import type { Projection } from '../../consuming/projection.js';
import { deadLettersProjection } from './dead-letters.projection.js';
import { secretAliasesProjection } from './secret-aliases.projection.js';
import { sourceCoverageProjection } from './source-coverage.projection.js';
import { trailEventsProjection } from './trail-events.projection.js';

/** The trail's views, as the projector fills them: the names of secrets first, as events are shown with them. */
export const TRAIL_PROJECTIONS: readonly Projection[] = [
  secretAliasesProjection,
  trailEventsProjection,
  sourceCoverageProjection,
  deadLettersProjection,
];
