import { describe, expect, it } from '@jest/globals';
import { WaitingRoom } from './waiting-room.js';

function setup() {
  const seen: number[] = [];
  return { seen, sut: new WaitingRoom({ events: 10, bytes: 100 }, (events) => seen.push(events)) };
}

const full = expect.objectContaining({ code: 'INGESTION.QUEUE_FULL' });

describe(WaitingRoom.name, () => {
  it('refuses what does not fit by bytes, until somebody leaves', () => {
    const { sut } = setup();
    const seat = sut.enter(60);

    expect(() => sut.enter(60)).toThrow(full);
    seat.leave();
    expect(() => sut.enter(60)).not.toThrow();
  });

  it('refuses when the events in it are too many', () => {
    const { sut, seen } = setup();
    const seat = sut.enter(1);
    seat.prepared(10, 20);

    expect(() => sut.enter(1)).toThrow(full);
    seat.leave();
    seat.leave();
    expect(seen).toEqual([0, 10, 0, 0]);
  });

  it('lets in alone what is larger than the room', () => {
    const { sut } = setup();

    expect(() => sut.enter(1_000)).not.toThrow();
    expect(() => sut.enter(1)).toThrow(full);
  });
});
