/** Asks the endpoint mapper where the services are. Servers since Exchange 2013 leave it unanswered. C706 appendix O */
import type { Net } from '#lib/net/door.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import type { Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { Called, RpcConnection } from '#lib/sessions/rpc-http/connection.ts';
import { eptMap } from '#lib/sessions/rpc-http/endpoint-mapper.ts';
import type { EptMapResponse } from '#lib/wire/epm/map.ts';
import { portOf } from '#lib/wire/epm/tower.ts';
import { callFailure, rpcFailureCodes } from './judging/rpc-failure.ts';
import type { RpcPlace, RpcService } from './judging/rpc-place.ts';
import { rpcServices } from './judging/rpc-services.ts';

export interface RpcEndpointMapperInput extends RpcPlace {
  readonly connection: RpcConnection;
}

interface Asked {
  readonly service: RpcService;
  readonly called: Called<EptMapResponse>;
}

interface Seen {
  readonly asked: readonly Asked[];
  readonly evidence: readonly Evidence[];
}

const WANTED: readonly RpcService[] = [rpcServices.mailbox, rpcServices.addressBook, rpcServices.referral];

export const rpcEndpointMapper: Probe<Net, RpcEndpointMapperInput, Seen, null> = {
  id: 'rpc-endpoint-mapper',
  titles: {
    planned: () => title('rpc-endpoint-mapper.planned', {}),
    failed: () => title('rpc-endpoint-mapper.failed', {}),
  },
  emits: [...rpcFailureCodes],
  observe: async (_net, { connection }) => {
    const asked: Asked[] = [];
    try {
      for (const service of WANTED) {
        const called = await eptMap(connection, service.interface);
        asked.push({ service, called });
        if (called.kind === 'failed') break;
      }
      return { asked, evidence: connection.takeEvidence() };
    } finally {
      connection.close();
    }
  },
  judge: ({ asked, evidence }, input) => {
    const { host } = input;
    const rows = asked.map(({ service, called }) => ({ name: service.interface.name, value: portWords(called) }));
    const shown: Evidence[] = [
      { kind: 'facts', body: { host, groups: [{ title: 'Endpoint mapper', rows }] } },
      ...evidence,
    ];
    const failed = asked.find(({ called }) => called.kind !== 'returned')?.called;
    if (failed !== undefined && failed.kind !== 'returned') {
      const finding = callFailure(failed, 'ept_map', input, rpcServices.endpointMapper);
      return { ok: false, findings: [finding], evidence: shown };
    }
    return { ok: true, value: null, title: title('rpc-endpoint-mapper.passed', {}), evidence: shown };
  },
};

function portWords(called: Called<EptMapResponse>): string {
  if (called.kind !== 'returned') return 'no answer';
  const ports = called.value.towers.flatMap((tower) => portOf(tower) ?? []);
  return ports.length === 0 ? 'not registered' : `port ${ports.join(', ')}`;
}
