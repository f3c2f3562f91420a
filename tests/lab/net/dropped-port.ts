import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import type { Listener } from '../place.ts';

/** A listening socket queues one connection more than its backlog says. */
const BACKLOG = 1;
const QUEUE = BACKLOG + 1;

/**
 * A port that swallows every attempt to connect, as a firewall does that drops packets: it listens, but nobody takes
 * the connections out of its queue, and the lab itself has filled that queue. The kernel then drops each further SYN.
 * The listener lives in a thread of its own, which stops its event loop so that Node cannot accept.
 */
export const dropped: Listener = async ({ address, port }) => {
  const release = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL('./dropped-port-thread.ts', import.meta.url), {
    workerData: { address, port, backlog: BACKLOG, release },
  });
  // A failure to listen arrives as the event 'error', which makes `once` reject.
  await once(worker, 'message');
  const queued: Socket[] = [];
  while (queued.length < QUEUE) queued.push(await connected(address, port));
  const stop = () => {
    for (const socket of queued) socket.destroy();
    Atomics.store(release, 0, 1);
    Atomics.notify(release, 0);
    return once(worker, 'exit');
  };
  return { port, stop };
};

async function connected(host: string, port: number): Promise<Socket> {
  const socket = connect({ host, port });
  await once(socket, 'connect');
  socket.on('error', () => {});
  return socket;
}
