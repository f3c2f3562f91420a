/** Which drawing belongs to which kind of evidence. A kind of a newer version is shown as it came. */
import type { ComponentType } from 'react';
import type { Evidence } from '#lib/result/evidence.ts';
import { Certificates } from './certificates.tsx';
import { Connections } from './connections.tsx';
import { Dns } from './dns.tsx';
import { Exchange } from './exchange.tsx';
import { Settings } from './settings.tsx';
import { Tls } from './tls.tsx';

export interface Drawn<Body> {
  body: Body;
  /** The start of the run, ISO: dates are judged from there, so an old result reads as it did. */
  at: string;
}

type BodyOf<K extends Evidence['kind']> = Extract<Evidence, { kind: K }>['body'];
type Drawings = { [K in Evidence['kind']]: { name: string; Draw: ComponentType<Drawn<BodyOf<K>>> } };

const drawings: Drawings = {
  dns: { name: 'DNS answers', Draw: Dns },
  connections: { name: 'Connections', Draw: Connections },
  tls: { name: 'TLS handshake', Draw: Tls },
  certificates: { name: 'Certificates as sent', Draw: Certificates },
  exchange: { name: 'HTTP exchange', Draw: Exchange },
  settings: { name: 'Settings', Draw: Settings },
};

const known = (kind: string): kind is Evidence['kind'] => Object.hasOwn(drawings, kind);

export const evidenceName = (kind: string): string => (known(kind) ? drawings[kind].name : `What was seen (${kind})`);

export function EvidenceBody({ kind, body, at }: { kind: string; body: unknown; at: string }) {
  if (!known(kind)) return <pre className="evidence-text">{JSON.stringify(body, null, 2)}</pre>;
  const Draw = drawings[kind].Draw as ComponentType<Drawn<unknown>>;
  return <Draw body={body} at={at} />;
}
