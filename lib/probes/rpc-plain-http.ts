/** Whether the RPC proxy is also to be had without encryption, as where a device ends TLS and port 80 was left open. Nothing secret is sent. */
import type { Net } from '#lib/net/door.ts';
import { NetFailure } from '#lib/net/failure.ts';
import type { HttpAnswer } from '#lib/net/http-message.ts';
import { draft } from '#lib/result/finding.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { RPC_PROXY_PATH } from '#lib/wire/rts/http.ts';

export const rpcPlainHttp: Probe<Net, Subject, HttpAnswer | NetFailure, null> = {
  id: 'rpc-plain-http',
  titles: {
    planned: ({ host }) => title('rpc-plain-http.planned', { host }),
    failed: ({ host }) => title('rpc-plain-http.failed', { host }),
  },
  emits: ['rpc.plain-http-accepted'],
  observe: async (net, { host }, signal) => {
    try {
      const dialed = await net.dial(await net.resolve(host, 80, signal), 80, signal);
      const request = { method: 'GET', path: RPC_PROXY_PATH, headers: [], body: '', answerBytes: 64 * 1024 } as const;
      return await net.request(net.plain(dialed), request, signal);
    } catch (failure) {
      // A port that nobody answers is how it should be.
      if (failure instanceof NetFailure) return failure;
      throw failure;
    }
  },
  judge: (seen, { host }) => {
    const isOpen = !(seen instanceof NetFailure) && (seen.status === 401 || isRpc(seen));
    const evidence = seen instanceof NetFailure ? seen.evidence : [seen.evidence];
    return {
      ok: true,
      value: null,
      title: isOpen ? title('rpc-plain-http.open', { host }) : title('rpc-plain-http.passed', { host }),
      findings: isOpen ? [draft('rpc.plain-http-accepted', { host, status: String(seen.status) })] : [],
      evidence,
    };
  },
};

const isRpc = ({ headers }: HttpAnswer): boolean =>
  headers.some(([name, value]) => /^content-type$/i.test(name) && /^application\/rpc\b/i.test(value));
