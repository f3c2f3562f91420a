/** The way of the device code flow through the door: each request over a connection of its own, to hosts that were judged. */
import type { DeviceCode, OauthClient, SignInService } from '#lib/auth/bearer/device-flow.ts';
import type { RunSecrets } from '#lib/auth/bearer/run-secrets.ts';
import type { Net } from '#lib/net/door.ts';
import type { TlsSession } from '#lib/net/tls.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import type { Subject } from '#lib/result/probe.ts';
import type { VettedSession } from '../vetted.ts';

/** A host of the sign-in service whose certificate passed. */
export interface JudgedHost extends Subject {
  readonly session: VettedSession;
  readonly accept: (session: TlsSession) => boolean;
}

/** Its subject is the sign-in service. */
export interface FlowInput extends Subject {
  readonly service: SignInService;
  /** Nothing goes to any other. */
  readonly hosts: readonly JudgedHost[];
  readonly clientId: string;
  readonly secrets: RunSecrets;
  /** The mail server that named the service, and how. */
  readonly mailHost: string;
  readonly authority: string;
}

/** A code that was found fit for a person. */
export interface IssuedCode extends DeviceCode {
  /** Our clock, in milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Of the page on which it is typed. */
  readonly pageHost: string;
}

export interface Flow {
  readonly client: OauthClient;
  /** Of the first exchange and the latest one: a service is asked hundreds of times, and says the same. */
  readonly evidence: Evidence[];
}

/** @throws Error for a host that nobody has judged: that is a mistake of ours */
export function throughDoor(net: Net, { service, hosts, clientId, secrets }: FlowInput, signal: AbortSignal): Flow {
  const evidence: Evidence[] = [];
  const send: OauthClient['send'] = async (url, request) => {
    const judged = hosts.find((host) => isAt(host, url));
    if (judged === undefined) throw new Error('a host of the sign-in service was not judged');
    const answer = await net.request(await net.again(judged.session, judged.accept, signal), request, signal);
    evidence.splice(1, 1, answer.evidence);
    return answer;
  };
  return { client: { service, clientId, send, secrets }, evidence };
}

/** Whether an address lies on this host. */
export function isAt({ host, port }: Subject, { protocol, hostname, port: at }: URL): boolean {
  return protocol === 'https:' && hostname.replaceAll(/[[\]]/g, '') === host && Number(at || 443) === port;
}
