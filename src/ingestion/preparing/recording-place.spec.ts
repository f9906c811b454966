import { describe, expect, it } from '@jest/globals';
import type { RecordingLimits } from '../../domain/principal.js';
import type { SourcedEvent } from '../../domain/sourced-event.js';
import { countedInstance, placeEvent, type DeliveryPlace } from './recording-place.js';

type Said = Partial<Pick<SourcedEvent, 'instance' | 'environment' | 'action'>>;

function event(said: Said): SourcedEvent {
  const nothing = {
    actor: { kind: 'unknown' },
    people: [],
    client: {},
    secrets: [],
    redactions: [],
    flags: [],
  } as const;
  return { action: 'secret.read', outcome: 'success', ...nothing, ...said };
}

function delivery(limits: RecordingLimits, said: Partial<DeliveryPlace> = {}): DeliveryPlace {
  return { limits, defaultEnvironment: 'default', ...said };
}

describe(placeEvent.name, () => {
  it.each<[string, Said, DeliveryPlace, unknown]>([
    ['nobody says anything', {}, delivery({}), { instance: 'default', environment: 'default' }],
    ['the delivery says', {}, delivery({}, { instance: 'i', environment: 'e' }), { instance: 'i', environment: 'e' }],
    [
      'both say: the record counts',
      { instance: 'r' },
      delivery({}, { instance: 'i' }),
      { instance: 'r', environment: 'default' },
    ],
    [
      'a single value stands for silence',
      {},
      delivery({ instances: ['one'], environments: ['prod'] }),
      { instance: 'one', environment: 'prod' },
    ],
    ['several values do not', {}, delivery({ instances: ['one', 'two'] }), 'instance_not_allowed'],
    [
      'what is said is listed',
      { instance: 'two' },
      delivery({ instances: ['one', 'two'] }),
      { instance: 'two', environment: 'default' },
    ],
    ['what is said is not listed', { instance: 'x' }, delivery({ instances: ['one'] }), 'instance_not_allowed'],
    [
      'the delivery says what is not listed',
      {},
      delivery({ instances: ['one'] }, { instance: 'x' }),
      'instance_not_allowed',
    ],
    [
      'the environment is not listed',
      { environment: 'x' },
      delivery({ environments: ['prod'] }),
      'environment_not_allowed',
    ],
    ['an empty list allows nothing', {}, delivery({ instances: [] }), 'instance_not_allowed'],
    [
      'the class is listed',
      { action: 'key.use' },
      delivery({ actionClasses: ['key'] }),
      { instance: 'default', environment: 'default' },
    ],
    ['the class is not listed', { action: 'key.use' }, delivery({ actionClasses: ['secret'] }), 'action_not_allowed'],
    ['the action is Keytrail’s own', { action: 'keytrail.queried' as 'other' }, delivery({}), 'reserved_action'],
    ['the action tells of sources', { action: 'trail.made_up' as 'other' }, delivery({}), 'reserved_action'],
    ['the instance is no name', { instance: 'x'.repeat(257) }, delivery({}), 'wrong_shape'],
  ])('when %s', (_case, said, place, expected) => {
    expect(placeEvent(event(said), place)).toEqual(expected);
  });
});

describe(countedInstance.name, () => {
  it.each<[DeliveryPlace, string]>([
    [delivery({}), 'default'],
    [delivery({}, { instance: 'i' }), 'i'],
    [delivery({ instances: ['one'] }), 'one'],
    [delivery({ instances: ['one'] }, { instance: 'forged' }), 'default'],
  ])('of %j is %s', (place, expected) => {
    expect(countedInstance(place)).toBe(expected);
  });
});
