/**
 * Asks port 80 whether it sends clients on to Autodiscover. Nothing secret goes there, and nothing but the place that it names is
 * believed. [MS-OXDISCO] 3.1.5.4
 */
import type { Dialed } from '#lib/net/dialer.ts';
import type { Net } from '#lib/net/door.ts';
import { NetFailure } from '#lib/net/failure.ts';
import { type HttpAnswer, header } from '#lib/net/http-message.ts';
import { limits } from '#lib/net/limits.ts';
import { draft } from '#lib/result/finding.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { POX_PATH } from '#lib/wire/autodiscover/pox.ts';
import type { Signpost } from './judging/destination.ts';
import { isRedirect } from './judging/http-status.ts';
import { outlookAgent } from './judging/pox-request.ts';

export interface HttpRedirectInput extends Subject {
  readonly dialed: Dialed;
}

export const httpRedirect: Probe<Net, HttpRedirectInput, HttpAnswer | null, Signpost> = {
  id: 'http-redirect',
  titles: {
    planned: ({ host }) => title('http-redirect.planned', { host }),
    failed: ({ host }) => title('http-redirect.failed', { host }),
  },
  emits: ['autodiscover.no-redirect'],
  observe: async (net, { dialed }, signal) => {
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(limits.greetingMs)]);
    try {
      return await net.request(
        net.plain(dialed),
        { method: 'GET', path: POX_PATH, headers: [outlookAgent], body: '' },
        inTime,
      );
    } catch (error) {
      // Nobody owes anybody a redirect: silence here is as good as a page.
      if (error instanceof NetFailure && inTime.aborted && !signal.aborted) return null;
      throw error;
    }
  },
  judge: (answer, { host }) => {
    if (answer === null)
      return { ok: false, findings: [draft('autodiscover.no-redirect', { host, status: 'none in time' })] };
    const evidence = [answer.evidence];
    const status = String(answer.status);
    if (!isRedirect(answer))
      return { ok: false, findings: [draft('autodiscover.no-redirect', { host, status })], evidence };
    const location = header(answer.headers, 'location') ?? '';
    const value: Signpost = { from: `http://${host}${POX_PATH}`, how: `HTTP ${status}`, location, kind: 'url' };
    return { ok: true, value, title: title('http-redirect.passed', { host, status }), evidence };
  },
};
