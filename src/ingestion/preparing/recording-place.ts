import { actionClass, isReservedAction } from '../../domain/action.js';
import type { RecordingLimits } from '../../domain/principal.js';
import type { SourcedEvent } from '../../domain/sourced-event.js';
import type { RejectionReason } from '../../sources/source.port.js';

/** What a caller says of a whole delivery, and may say at all. */
export interface DeliveryPlace {
  readonly instance?: string;
  readonly environment?: string;
  readonly limits: RecordingLimits;
  /** The environment of events of which nobody says one. */
  readonly defaultEnvironment: string;
}

export interface RecordingPlace {
  readonly instance: string;
  readonly environment: string;
}

const DEFAULT_INSTANCE = 'default';
/** An instance is part of every id: a longer one is not cut but refused. */
const INSTANCE_LIMIT = 256;

/**
 * Where an event belongs. What the record says counts before what the delivery says; both must be listed where the key
 * has a list. What nobody says is the list's single value; with no list it is the default.
 */
export function placeEvent(event: SourcedEvent, delivery: DeliveryPlace): RecordingPlace | RejectionReason {
  const { limits } = delivery;
  if (isReservedAction(event.action)) return 'reserved_action';
  if (limits.actionClasses && !limits.actionClasses.includes(actionClass(event.action))) return 'action_not_allowed';
  const instance = allowed(event.instance ?? delivery.instance, limits.instances, DEFAULT_INSTANCE);
  if (instance === undefined) return 'instance_not_allowed';
  if (instance.length > INSTANCE_LIMIT) return 'wrong_shape';
  const environment = allowed(
    event.environment ?? delivery.environment,
    limits.environments,
    delivery.defaultEnvironment,
  );
  return environment === undefined ? 'environment_not_allowed' : { instance, environment };
}

/** The instance under which what could not be understood is counted. */
export function countedInstance({ instance, limits }: DeliveryPlace): string {
  return allowed(instance, limits.instances, DEFAULT_INSTANCE) ?? DEFAULT_INSTANCE;
}

function allowed(said: string | undefined, list: readonly string[] | undefined, otherwise: string): string | undefined {
  if (!list) return said ?? otherwise;
  const value = said ?? (list.length === 1 ? list[0] : undefined);
  return value !== undefined && list.includes(value) ? value : undefined;
}
