import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, describe, expect, it } from '@jest/globals';
import { KeytrailError } from '../../domain/errors.js';
import { MessagePeer, Transferring, type Handlers } from './message-peer.js';

const ports: MessagePort[] = [];

function setup(handlers: Handlers, own: Handlers = {}): { sut: MessagePeer; other: MessagePeer } {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  return { sut: new MessagePeer(port1, own), other: new MessagePeer(port2, handlers) };
}

afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

describe(MessagePeer.name, () => {
  it('calls both ways', async () => {
    const { sut, other } = setup({ double: (n: number) => n * 2 }, { half: (n: number) => n / 2 });

    expect(await sut.call('double', 4)).toBe(8);
    expect(await other.call('half', 4)).toBe(2);
  });

  it('answers calls by their id, in whatever order they end', async () => {
    const late = Promise.withResolvers<string>();
    const { sut } = setup({ late: () => late.promise, soon: () => 'soon' });

    const first = sut.call('late');
    expect(await sut.call('soon')).toBe('soon');
    late.resolve('late');

    expect(await first).toBe('late');
  });

  it("passes a KeytrailError's code and facts on", async () => {
    const { sut } = setup({
      fail: () => {
        throw new KeytrailError('STORAGE.DISK_FULL', { folder: 'data' });
      },
    });

    await expect(sut.call('fail')).rejects.toMatchObject({ code: 'STORAGE.DISK_FULL', facts: { folder: 'data' } });
  });

  it('lets no words of any other error through', async () => {
    const { sut } = setup({
      fail: () => {
        throw new Error('password=hunter2');
      },
    });

    await expect(sut.call('fail')).rejects.toMatchObject({ code: 'INTERNAL.UNEXPECTED', facts: {} });
    await expect(sut.call('toString')).rejects.toMatchObject({ code: 'INTERNAL.UNEXPECTED' });
  });

  it('moves buffers when asked to', async () => {
    const { sut } = setup({ give: () => new Transferring(new Uint8Array([7]), []), size: (b: Uint8Array) => b.length });
    const bytes = new Uint8Array(16);

    expect(await sut.call('size', bytes, [bytes.buffer])).toBe(16);
    expect(bytes.length).toBe(0);
    expect(await sut.call('give')).toEqual(new Uint8Array([7]));
  });

  it('fails what waits, and what comes later, once closed', async () => {
    const { sut } = setup({ never: () => new Promise(() => undefined) });
    const waiting = sut.call('never');

    sut.close(new KeytrailError('STORAGE.UNAVAILABLE'));

    await expect(waiting).rejects.toMatchObject({ code: 'STORAGE.UNAVAILABLE' });
    await expect(sut.call('never')).rejects.toMatchObject({ code: 'STORAGE.UNAVAILABLE' });
  });
});
