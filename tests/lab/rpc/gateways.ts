/** What stands in front of the RPC proxy, and what it does to requests. */
import { type Handler, type HttpAnswer, type HttpRequest, pathOf } from '../http/message.ts';
import { http } from '../http/server.ts';
import { type ExchangeBend, exchange, notFound } from '../mail/exchange.ts';
import { overTcp } from '../net/behaviours.ts';
import type { Listener } from '../place.ts';

type Gateway = (request: HttpRequest) => HttpAnswer | null;

const fromGateway = (status: number, headers: HttpAnswer['headers'] = []): HttpAnswer => ({
  status,
  headers: [['Server', 'nginx'], ...headers],
});

/** Knows the methods of browsers alone. */
export const refusesVerbs: Gateway = () => fromGateway(405, [['Allow', 'GET, HEAD, POST']]);

/** Ten megabytes are enough for everybody. */
export const limitsBodies: Gateway = ({ channel }) =>
  channel && channel.length > 10 * 1024 * 1024 ? fromGateway(413) : null;

/** What IIS says of an application that has been stopped. */
export const stopped: Gateway = () => ({ status: 503, headers: [['Server', 'Microsoft-HTTPAPI/2.0']] });

/** Port 80 of a server that leaves TLS to a device in front of it, for RPC alone. */
export function plainProxy(bend: ExchangeBend = {}): Listener {
  const service = exchange(bend);
  const proxyAlone: Handler = (request, place, random) =>
    pathOf(request).startsWith('/rpc/') ? service(request, place, random) : notFound();
  return overTcp(http(proxyAlone));
}
