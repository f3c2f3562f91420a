/** Which drawing belongs to which kind of evidence. A kind of a newer version is shown as it came. */
import type { ComponentType } from 'react';
import type { Evidence } from '#lib/result/evidence.ts';
import { Certificates } from './certificates.tsx';
import { Clients } from './clients.tsx';
import { Comparison } from './comparison.tsx';
import { Connections } from './connections.tsx';
import { Dns } from './dns.tsx';
import type { Drawn } from './drawn.ts';
import { Exchange } from './exchange.tsx';
import { ExtendedProtection } from './extended-protection.tsx';
import { FactGroups } from './fact-groups.tsx';
import { Messages } from './messages.tsx';
import { NtlmChallenge } from './ntlm-challenge.tsx';
import { Redirects } from './redirects.tsx';
import { ResponseTimes } from './response-times.tsx';
import { Revocation } from './revocation.tsx';
import { Service } from './service.tsx';
import { Settings } from './settings.tsx';
import { SignInMethods } from './sign-in-methods.tsx';
import { Tls } from './tls.tsx';
import { TlsSurvey } from './tls-survey.tsx';
import { Token } from './token.tsx';

type BodyOf<K extends Evidence['kind']> = Extract<Evidence, { kind: K }>['body'];
type Drawings = { [K in Evidence['kind']]: ComponentType<Drawn<BodyOf<K>>> };

const drawings: Drawings = {
  dns: Dns,
  srv: Service,
  connections: Connections,
  tls: Tls,
  'tls-survey': TlsSurvey,
  certificates: Certificates,
  revocation: Revocation,
  exchange: Exchange,
  settings: Settings,
  redirects: Redirects,
  comparison: Comparison,
  clients: Clients,
  'sign-in-methods': SignInMethods,
  'ntlm-challenge': NtlmChallenge,
  'extended-protection': ExtendedProtection,
  token: Token,
  messages: Messages,
  'response-times': ResponseTimes,
  facts: FactGroups,
};

export function EvidenceBody({ kind, body, at }: { kind: string; body: unknown; at: string }) {
  if (!Object.hasOwn(drawings, kind)) return <pre className="evidence-text">{JSON.stringify(body, null, 2)}</pre>;
  const Draw = drawings[kind as Evidence['kind']] as ComponentType<Drawn<unknown>>;
  return <Draw body={body} at={at} />;
}
