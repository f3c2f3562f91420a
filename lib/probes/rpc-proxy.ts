/** Whether there is an RPC proxy that lets this account in: it is asked for an echo. [MS-RPCH] 2.1.2.1.5 */
import type { Net } from '#lib/net/door.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { askEcho, type Echoed } from '#lib/sessions/rpc-http/echo.ts';
import { bodyKind } from './judging/body.ts';
import { channelCodes, rpcFailure } from './judging/rpc-failure.ts';
import type { RpcPlace } from './judging/rpc-place.ts';
import { rpcServices } from './judging/rpc-services.ts';

export const rpcProxy: Probe<Net, RpcPlace, Echoed, null> = {
  id: 'rpc-proxy',
  titles: {
    planned: ({ host }) => title('rpc-proxy.planned', { host }),
    failed: ({ host }) => title('rpc-proxy.failed', { host }),
  },
  emits: [...channelCodes, 'rpc.proxy-not-answering'],
  observe: (net, { way, method, server }, signal) =>
    askEcho(net, way, method, { server, port: rpcServices.mailbox.port }, signal),
  judge: (echoed, input) => {
    const evidence = echoed.legs;
    if (echoed.kind === 'echoed')
      return { ok: true, value: null, title: title('rpc-proxy.passed', { host: input.host }), evidence };
    return { ok: false, findings: [findingFor(echoed, input)], evidence };
  },
};

function findingFor(echoed: Exclude<Echoed, { readonly kind: 'echoed' }>, place: RpcPlace): FindingDraft {
  const { host } = place;
  const silent = (what: string): FindingDraft => draft('rpc.proxy-not-answering', { host, what });
  if (echoed.kind === 'other') {
    const kind = bodyKind(echoed.answer);
    return silent(`200, but ${kind.kind === 'xml' ? 'an XML document' : kind.what} in place of an echo`);
  }
  const { failure } = echoed;
  if (failure.kind !== 'http') return rpcFailure(failure, place, rpcServices.mailbox);
  const { status } = failure.answer;
  if (status === 404) return silent('nothing is at its address (404)');
  if (status === 503) return silent('the service is stopped (503)');
  return rpcFailure(failure, place, rpcServices.mailbox);
}
