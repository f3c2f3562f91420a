/** What it means when a conversation by RPC over HTTP ends before its answer. [MS-RPCH] 3.2, C706 9 */
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Called, Faulted } from '#lib/sessions/rpc-http/connection.ts';
import type { RpcFailure } from '#lib/sessions/rpc-http/failure.ts';
import { ACCESS_DENIED, SERVER_UNAVAILABLE, statusOf, statusText } from '#lib/wire/dce-rpc/status.ts';
import { statusCodes, statusFinding } from './http-status.ts';
import type { RpcPlace, RpcService } from './rpc-place.ts';
import { obstacleFinding } from './windows-obstacle.ts';

/** @param service which one was to be reached */
export function rpcFailure(failure: RpcFailure, place: RpcPlace, service: RpcService): FindingDraft {
  const { host } = place;
  const port = String(service.port);
  switch (failure.kind) {
    case 'http':
      return byStatus(failure.answer.status, failure, place, service);
    case 'rpc-error':
      return byProxyError(failure.code, place, service);
    case 'sign-in': {
      const scheme = place.method?.scheme === 'Negotiate' ? 'Negotiate' : 'NTLM';
      return obstacleFinding(failure.obstacle, { host, path: '/rpc/rpcproxy.dll', scheme });
    }
    case 'closed':
      return closed(failure, place, service);
    case 'no-answer': {
      const { awaited, waitedMs: waited } = failure;
      if (awaited !== 'CONN/C2') return draft('rpc.no-answer', { host, port, awaited, waited });
      const how = 'the answer of the one comes, that of both together does not';
      return draft('rpc.channels-not-joined', { host, port, how, waited });
    }
    case 'unexpected': {
      const reason = `${failure.got} came in its place`;
      return draft('rpc.malformed-response', { host, call: failure.awaited, reason, field: 'type', offset: 2 });
    }
    case 'recycling':
      return draft('rpc.recycled', { host, port });
    case 'malformed': {
      const { reason, path: field, offset } = failure.error;
      return draft('rpc.malformed-response', { host, call: failure.awaited, reason, field, offset });
    }
    case 'too-much':
      return draft('net.limit-reached', {
        host,
        what: `messages in place of ${failure.awaited}`,
        limit: failure.limit,
      });
  }
}

function byStatus(
  status: number,
  { answer }: RpcFailure & { readonly kind: 'http' },
  place: RpcPlace,
  service: RpcService,
): FindingDraft {
  const { host, server, method, acceptedBy, session } = place;
  const unavailable = (why: string): FindingDraft =>
    draft('rpc.endpoint-unavailable', { host, port: String(service.port), service: service.name, server, why });
  if (/invalid rpc port/i.test(answer.reason ?? '')) return unavailable('the proxy does not pass this port on');
  switch (status) {
    case 401:
      return draft(
        'auth.inconsistent',
        { accepted: acceptedBy, refused: host, method: method?.scheme ?? 'none' },
        'error',
      );
    case 404:
      return unavailable(`the proxy knows no server of this name (404)${server.includes('@') ? '' : GUID_NAMES}`);
    case 411:
    case 413:
      return draft('rpc.proxy-buffers', { host, how: `it refuses a request without an end (${status})`, waited: 0 });
    default:
      return statusFinding(answer, session) ?? unavailable(`the proxy answers ${status}, and then nothing`);
  }
}

/** What people type in is mostly the name of a host. */
const GUID_NAMES = ', which since Exchange 2013 is a mailbox GUID, an @ and a domain';

function byProxyError(code: number, { host, server }: RpcPlace, { port, name: service }: RpcService): FindingDraft {
  if (code === ACCESS_DENIED) return draft('rpc.access-denied', { host, service, level: 'at the proxy' });
  const { name } = statusOf(code);
  const why =
    code === SERVER_UNAVAILABLE
      ? 'the service does not run, or the proxy does not pass the port on (6BA)'
      : `${name} (${statusText(code)})`;
  return draft('rpc.endpoint-unavailable', { host, port: String(port), service, server, why });
}

/** Some servers without a proxy of their own close the connection where a port is not served. */
function closed(
  { awaited, hasHead }: RpcFailure & { readonly kind: 'closed' },
  { host, server, session }: RpcPlace,
  { port, name: service }: RpcService,
): FindingDraft {
  if (!hasHead) {
    const why = 'the connection is closed without an answer';
    return draft('rpc.endpoint-unavailable', { host, port: String(port), service, server, why });
  }
  if (awaited === 'CONN/C2') {
    const how = 'the connection is closed before both have become one';
    return draft('rpc.channels-not-joined', { host, port: String(port), how, waited: 0 });
  }
  return draft('net.reset', {
    host,
    address: session.dialed.address.address,
    phase: `while ${awaited} was awaited`,
  });
}

/** A call that came back with something else than its result. @param call as the documents name it */
export function callFailure(
  called: Exclude<Called<unknown>, { readonly kind: 'returned' }>,
  call: string,
  place: RpcPlace,
  service: RpcService,
): FindingDraft {
  return called.kind === 'failed'
    ? rpcFailure(called.failure, place, service)
    : faultFinding(called, call, place, service);
}

/** A fault: the server's run-time says no. */
export function faultFinding(
  { status }: Faulted,
  call: string,
  { host, password }: RpcPlace,
  { name: service }: RpcService,
): FindingDraft {
  if (status === ACCESS_DENIED) {
    const level = password === null ? 'without a sign-in of its own' : 'with a sign-in of its own (NTLM)';
    return draft('rpc.access-denied', { host, service, level });
  }
  const { name, meaning } = statusOf(status);
  return draft('rpc.fault', { host, call, status: statusText(status), meaning: `${name}: ${meaning}` });
}

/** Codes that `rpcFailure` may give. */
export const channelCodes = [
  ...statusCodes,
  'auth.inconsistent',
  'auth.kerberos-only',
  'auth.malformed-challenge',
  'auth.ntlm-broken-by-proxy',
  'auth.ntlm-too-old',
  'net.limit-reached',
  'net.reset',
  'rpc.access-denied',
  'rpc.channels-not-joined',
  'rpc.endpoint-unavailable',
  'rpc.malformed-response',
  'rpc.no-answer',
  'rpc.proxy-buffers',
  'rpc.recycled',
] as const;

/** The same for binds and calls. */
export const rpcFailureCodes = [...channelCodes, 'rpc.fault'] as const;
