/**
 * A lab that is far away: every lookup and every connection goes through a thread of its own, which lets everything take its time and
 * limits nothing else. It writes down the round trips, and can let them go one at a time.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { RunnableWorld } from '#tests/worlds/run-world.ts';
import type { Turn } from './turns.ts';

export interface Order {
  readonly resolver: { readonly address: string; readonly port: number };
  readonly roundTripMs: number;
  readonly isOneAtATime: boolean;
}

/** What the thread says: where it listens, and later what it has seen. */
export type Said = { readonly lookups: number; readonly proxy: number } | { readonly turns: readonly Turn[] };

export interface Distance {
  /** The same world, that far away. */
  readonly world: RunnableWorld;
  /** The round trips since the last time. */
  turns(): Promise<readonly Turn[]>;
  stop(): Promise<unknown>;
}

/** Moves a world away. */
export async function moveAway(world: RunnableWorld, way: Omit<Order, 'resolver'>): Promise<Distance> {
  const order: Order = { ...way, resolver: resolverOf(world) };
  const worker = new Worker(new URL('./distance-thread.ts', import.meta.url), { workerData: order });
  const ask = async (): Promise<Said> => (await once(worker, 'message'))[0] as Said;
  const open = await ask();
  if (!('proxy' in open)) throw new Error('the thread said nothing of where it listens');
  const before = world.network.filter((_, at) => !isResolver(world.network, at));
  const through = ['--resolver', `127.0.0.1:${open.lookups}`, '--proxy', `http://127.0.0.1:${open.proxy}`];
  return {
    world: { ...world, network: [...before, ...through] },
    turns: async () => {
      worker.postMessage('take');
      const said = await ask();
      return 'turns' in said ? said.turns : [];
    },
    stop: () => {
      worker.postMessage('stop');
      return once(worker, 'exit');
    },
  };
}

const isResolver = (words: readonly string[], at: number): boolean =>
  words[at] === '--resolver' || words[at - 1] === '--resolver';

function resolverOf({ network }: RunnableWorld): Order['resolver'] {
  const [address = '', port = ''] = (network[network.indexOf('--resolver') + 1] ?? '').split(':');
  return { address, port: Number(port) };
}
