/** The judges of name, port and handshake: failures have their own codes, so that little is left to judge. */
import type { Attempt, Dialed, DialOutcome } from '#lib/net/dialer.ts';
import type { Resolution } from '#lib/net/resolver.ts';
import type { TlsSession } from '#lib/net/tls.ts';
import { dnsLookup } from '#lib/probes/dns-lookup.ts';
import { tcpConnect } from '#lib/probes/tcp-connect.ts';
import { tlsHandshake } from '#lib/probes/tls-handshake.ts';
import { answer, HOST, SUBJECT, table } from '../table.ts';

const evidence = answer().evidence;
const address = { address: '192.0.2.1', family: 4, ttl: 60 } as const;
const resolution: Resolution = { host: HOST, addresses: [address], evidence };

const attempt = (outcome: DialOutcome, at: number): Attempt => ({
  address: `192.0.2.${at + 1}`,
  port: 443,
  outcome,
  elapsedMs: 1,
});

const dialed = (...outcomes: DialOutcome[]) =>
  ({ ...SUBJECT, address, connectMs: 1, attempts: outcomes.map(attempt), evidence }) as unknown as Dialed;

export const dnsTable = table(dnsLookup, SUBJECT, [['an address', resolution, []]]);

export const tcpTable = table(tcpConnect, { ...SUBJECT, resolution }, [
  ['one address', dialed('connected'), []],
  ['two addresses', dialed('connected', 'connected'), []],
  [
    'one of two is dead',
    dialed('refused', 'connected'),
    ['tcp.one-address-fails'],
    { ok: true, args: { host: HOST, failing: ['192.0.2.1'], total: 2, reason: 'connection refused' } },
  ],
  [
    'three are dead in two ways',
    dialed('no answer', 'connected', 'no route', 'no answer'),
    ['tcp.one-address-fails'],
    { ok: true, args: { failing: ['192.0.2.1', '192.0.2.3', '192.0.2.4'], total: 4, reason: 'no answer, no route' } },
  ],
]);

export const tlsTable = table(tlsHandshake, { ...SUBJECT, dialed: dialed('connected') }, [
  ['a handshake', { protocol: 'TLSv1.3', evidence } as TlsSession, []],
]);
