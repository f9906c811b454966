import { describe, expect, it } from '@jest/globals';
import type { SourcedEvent } from '../../domain/sourced-event.js';
import { keepEvent } from './keep-event.js';
import { TextKeeper } from './text-keeper.js';

const CANARY = `ghp_${'cAnArY0123456789'.repeat(3)}`;

/** An event with a text in every place that is kept. */
function everywhere(text: string): SourcedEvent {
  return {
    action: 'secret.read',
    outcome: 'failure',
    reason: 'denied',
    nativeId: text,
    nativeAction: text,
    actor: { kind: 'user', person: 0, onBehalfOf: 0, roles: [text], authentication: { method: text, assurance: text } },
    people: [{ kind: 'user', nativeId: text, name: text, email: text, authenticated: true }],
    client: { credentialId: text, sessionName: text, address: text, userAgent: text, text },
    secrets: [
      {
        store: text,
        scope: text,
        path: [text, { person: 0 }],
        instance: text,
        alias: [text],
        version: text,
        previousVersion: text,
        reach: 'item',
        valueReturned: true,
      },
    ],
    purpose: text,
    origin: 'manual',
    correlation: { requestId: text, sessionId: text, traceId: text, changeId: text, derivedFrom: [text] },
    details: { [text]: text, list: [{ deep: text }, 1, null, true] },
    redactions: [{ path: 'request.data', count: 1 }],
    flags: [text],
  };
}

describe(keepEvent.name, () => {
  it('keeps an ordinary event as it is', () => {
    expect(keepEvent(everywhere('plain'), new TextKeeper())).toEqual(everywhere('plain'));
  });

  it('keeps no credential in any place, and counts what it took', () => {
    const kept = keepEvent(everywhere(`x ${CANARY}`), new TextKeeper());

    expect(JSON.stringify(kept)).not.toContain('cAnArY');
    expect(kept.client.userAgent).toBe('x {redacted: github-token}');
    expect(kept.redactions[0]).toEqual({ path: 'request.data', count: 1 });
    expect(kept.redactions).toContainEqual({ path: 'userAgent', count: 1 });
    expect(kept.redactions).toContainEqual({ path: 'actor.authentication', count: 2 });
  });

  it('cuts what is too long, and flags it', () => {
    const kept = keepEvent(everywhere('é'.repeat(5_000)), new TextKeeper());

    expect(kept.client.userAgent).toHaveLength(1_024);
    expect(kept.flags).toEqual(expect.arrayContaining(['user_agent_cut', 'address_cut', 'text_cut', 'roles_cut']));
    expect(kept.secrets[0]?.path[0]).toHaveLength(5_000);
  });

  it('never cuts a character in two', () => {
    const kept = keepEvent(everywhere(`${'x'.repeat(255)}😀`), new TextKeeper());

    expect(kept.client.address).toBe('x'.repeat(255));
  });

  it('keeps lists and details bounded', () => {
    const event = everywhere('x');
    const kept = keepEvent(
      {
        ...event,
        actor: { kind: 'user', roles: Array.from({ length: 100 }, (_, index) => `r${index}`) },
        details: Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`k${index}`, 'value'])),
      },
      new TextKeeper(),
    );

    expect(kept.actor.roles).toHaveLength(32);
    expect(kept).not.toHaveProperty('details');
    expect(kept.flags).toEqual(expect.arrayContaining(['roles_cut', 'details_cut']));
  });

  it('drops what an event should not have', () => {
    const kept = keepEvent(
      { ...everywhere('x'), leak: CANARY, client: { text: 'x', leak: CANARY } } as never,
      new TextKeeper(),
    );

    expect(JSON.stringify(kept)).not.toContain('cAnArY');
  });

  it('keeps an access key id as a credential id, and nowhere else', () => {
    const id = 'AKIAIOSFODNN7EXAMPLE';

    const kept = keepEvent(everywhere(id), new TextKeeper());

    expect(kept.client.credentialId).toBe(id);
    expect(JSON.stringify(kept).split(id)).toHaveLength(2);
  });
});
