/** An address in the settings, read as a client outside would read it. */
import { isIP } from 'node:net';
import { whyInternal } from '#lib/net/dns/internal-names.ts';
import { decide } from '#lib/net/policy.ts';

export type ReadUrl =
  | { readonly ok: true; readonly host: string; readonly port: number; readonly path: string; readonly href: string }
  /** `inside`: a client in the same network might use it. */
  | { readonly ok: false; readonly inside: boolean; readonly reason: string };

/** Reads a service URL. `reason` is the second half of a sentence that begins with the URL. */
export function readServiceUrl(written: string): ReadUrl {
  const url = URL.parse(written.trim());
  if (url === null) return { ok: false, inside: false, reason: 'is not a URL' };
  const host = url.hostname.replace(/^\[|\]$|\.$/g, '');
  const internal = whyOnlyInside(host);
  if (internal !== null) return { ok: false, inside: true, reason: internal };
  if (url.protocol === 'http:') return { ok: false, inside: false, reason: 'is not encrypted' };
  if (url.protocol !== 'https:') return { ok: false, inside: false, reason: 'does not begin with https' };
  const port = url.port === '' ? 443 : Number(url.port);
  return { ok: true, host, port, path: url.pathname + url.search, href: url.href };
}

/** Why nobody outside can use this host, as the second half of a sentence; null where that cannot be seen from the name. */
export function whyOnlyInside(host: string): string | null {
  if (isIP(host) === 0) {
    const why = whyInternal(host);
    return why === null ? null : `leads to a name that exists inside only: ${why}`;
  }
  const decision = decide(host, { allow: [], named: [] });
  return decision.allowed ? null : `leads to an address for inside only (${decision.reason})`;
}
