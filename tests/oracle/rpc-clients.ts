/** RPC over HTTP of the lab, for foreign clients that know no other ports than 443 and 80. */
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { resolverOf } from '#tests/lab/client.ts';
import { type Lab, type LabOptions, startLab } from '#tests/lab/lab.ts';
import { mailboxId } from '#tests/lab/store/owner.ts';

/** What a foreign client is told of a world. */
export interface RpcTarget {
  /** The address of the proxy. */
  readonly target: string;
  /** The name in front of the colon. */
  readonly server: string;
  readonly user: string;
  readonly password: string;
}

export interface RealLab {
  readonly running: Lab;
  targetOf(world: string): Promise<RpcTarget>;
}

/** A lab for the tests of a file, which are skipped where its ports may not be opened. */
export function labAtRealPorts(options: Pick<LabOptions, 'worlds' | 'beside'>): RealLab {
  let lab: Lab | string = 'it was never started';
  beforeAll(async () => {
    lab = await startLab({ ...options, port: 'real' }).catch(whyNot);
  });
  afterAll(async () => {
    if (typeof lab !== 'string') await lab.stop();
  });
  beforeEach((context) => {
    if (typeof lab === 'string') context.skip(lab);
  });
  const running = (): Lab => {
    if (typeof lab === 'string') throw new Error(lab);
    return lab;
  };
  return {
    get running() {
      return running();
    },
    async targetOf(world) {
      const { username: user, password } = running().world(world);
      const [target = ''] = await resolverOf(running()).resolve4(`autodiscover.${world}.lab.test`);
      return { target, server: mailboxId({ domain: `${world}.lab.test` }), user, password };
    },
  };
}

function whyNot(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EACCES') return 'only root may open ports 443 and 80, and the client knows no others';
  if (code === 'EADDRINUSE')
    return 'somebody else has port 443 or 80 of the lab’s addresses, and the client knows no others';
  throw error;
}
