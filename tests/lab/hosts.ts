import { below } from './http/gateways.ts';
import type { Handler } from './http/message.ts';
import { http } from './http/server.ts';
import { type ExchangeBend, exchange, notFound } from './mail/exchange.ts';
import { overTcp } from './net/behaviours.ts';
import { overTls, type TlsBend } from './net/tls.ts';
import type { Listener } from './place.ts';
import { authoritySite, type Pages } from './publisher/site.ts';
import { website } from './web/website.ts';
import type { Host } from './world.ts';

/** A mail server that is well, except for what the bend says. */
export function mailServer(bend: ExchangeBend & TlsBend = {}): Host {
  return mailServerWithHttps(overTls(http(exchange(bend)), bend));
}

/** A mail server whose HTTPS port is something else; without a listener it is closed. */
export function mailServerWithHttps(listener?: Listener): Host {
  const host = { http: overTcp(http(notFound)) };
  return listener ? { ...host, https: listener } : host;
}

/** A mail server whose MAPI over HTTP passes through a gateway; all else reaches it directly. */
export function mailServerBehind(gateway: (server: Handler) => Handler, bend: ExchangeBend & TlsBend = {}): Host {
  const server = exchange(bend);
  return mailServerWithHttps(overTls(http(below('/mapi/', gateway(server), server)), bend));
}

/** Plain HTTP alone: the port of HTTPS is closed. */
export function httpOnly(handler: Handler): Host {
  return { http: overTcp(http(handler)) };
}

/** The host at which authorities publish, over plain HTTP as usual; pages can be bent or added. */
export function publisher(pages: Pages = {}): Host {
  return { http: overTcp(http(authoritySite(pages))) };
}

/** A web server that answers every request, with and without TLS, in the same way. */
export function webServer(handler: Handler = website): Host {
  return { https: overTls(http(handler)), http: overTcp(http(handler)) };
}
