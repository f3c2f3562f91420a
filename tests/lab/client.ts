/** A client for the lab's own tests, made of Node's parts only, so that no code under test judges itself. */
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import { connect as connectTcp, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import type { Lab } from './lab.ts';

export const AUTODISCOVER_PATH = '/autodiscover/autodiscover.xml';

/** A resolver that asks the lab, once and not for long. Where many certificates are made meanwhile, it has to wait longer. */
export function resolverOf(lab: Lab, timeout = 200): Resolver {
  const resolver = new Resolver({ timeout, tries: 1 });
  resolver.setServers([`127.0.0.1:${lab.ports.dns}`]);
  return resolver;
}

/** The name of a world's mail server, as nearly every world has it. */
export function mailHost(world: string): string {
  return `autodiscover.${world}.lab.test`;
}

/** A TCP connection to the HTTPS port of a host. */
export async function connectTo(lab: Lab, host: string, signal?: AbortSignal): Promise<Socket> {
  const [address = ''] = await resolverOf(lab).resolve4(host);
  const socket = connectTcp({ host: address, port: lab.ports.https });
  await once(socket, 'connect', { signal }).finally(() => signal?.aborted && socket.destroy());
  return socket;
}

/** A finished TLS handshake with a host, whatever its certificate is worth. */
export async function handshake(lab: Lab, host: string, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const tls = connect({
    socket: await connectTo(lab, host),
    servername: host,
    ca: readFileSync(lab.roots),
    rejectUnauthorized: false,
    ...options,
  });
  await once(tls, 'secureConnect');
  return tls;
}

/** The answer to one request on a connection of its own, with the body still to be read. */
export async function ask(
  lab: Lab,
  host: string,
  options: RequestOptions,
  body: string | Uint8Array = '',
): Promise<IncomingMessage> {
  const socket = await handshake(lab, host);
  const outgoing = request({ createConnection: () => socket, host, path: AUTODISCOVER_PATH, ...options });
  outgoing.end(body);
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  answer.on('close', () => socket.destroy());
  return answer;
}

/** Asks a world's mail server for the settings of its mailbox, with or without a password. */
export function askForSettings(lab: Lab, world: string, password?: string, host = mailHost(world)) {
  const { email, username } = lab.world(world);
  const auth = password === undefined ? {} : { auth: `${username}:${password}` };
  const capabilities = { 'X-MapiHttpCapability': '1', 'X-ClientCanHandle': 'Negotiate,ExHttpInfo' };
  const headers = { 'Content-Type': 'text/xml; charset=utf-8', ...capabilities };
  return ask(lab, host, { method: 'POST', headers, ...auth }, settingsRequest(email));
}

/** The same, with the password that is right; resolves with status and body. */
export async function settingsOf(lab: Lab, world: string): Promise<{ status: number | undefined; body: string }> {
  const answer = await askForSettings(lab, world, lab.world(world).password);
  return { status: answer.statusCode, body: await text(answer) };
}

export function settingsRequest(email: string): string {
  const schema = 'http://schemas.microsoft.com/exchange/autodiscover/outlook';
  return `<?xml version="1.0" encoding="utf-8"?>
<Autodiscover xmlns="${schema}/requestschema/2006">
  <Request>
    <EMailAddress>${email}</EMailAddress>
    <AcceptableResponseSchema>${schema}/responseschema/2006a</AcceptableResponseSchema>
  </Request>
</Autodiscover>`;
}
