import { parentPort } from 'node:worker_threads';
import { MessagePeer, type Handlers } from './message-peer.js';

/** Answers the parent's calls in a thread; the peer given back calls the parent. Handlers include `close`. */
export function serveThread(handlers: Handlers): MessagePeer {
  if (!parentPort) throw new Error('a *.worker.js runs as a thread only');
  return new MessagePeer(parentPort, handlers);
}
