import { describe, expect, it } from '@jest/globals';
import { shareTitled } from './openapi-components.js';

describe(shareTitled.name, () => {
  it('keeps a titled schema once, with those that it holds', () => {
    const person = { title: 'Person', type: 'object' };
    const event = { title: 'Event', properties: { actor: person, title: { type: 'string' } } };

    const { value, schemas } = shareTitled({ one: event, list: [event, person] });

    const [toEvent, toPerson] = ['Event', 'Person'].map((title) => ({ $ref: `#/components/schemas/${title}` }));
    expect(value).toEqual({ one: toEvent, list: [toEvent, toPerson] });
    expect(schemas).toEqual({
      Person: person,
      Event: { title: 'Event', properties: { actor: toPerson, title: { type: 'string' } } },
    });
  });

  it('takes no title for two schemas', () => {
    const other = { title: 'Person', type: 'string' };
    expect(() => shareTitled([{ title: 'Person', type: 'object' }, other])).toThrow('Person');
  });
});
