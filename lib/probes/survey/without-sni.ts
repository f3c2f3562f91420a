/** What a client gets that does not name the host while it connects: old libraries, some monitoring, anything by address. RFC 6066 3 */
import type { TlsSession } from '#lib/net/tls.ts';
import type { WithoutSni } from './seen.ts';
import type { Way } from './way.ts';

/** @param session with SNI; null without it, or where there was none to leave out */
export async function tryWithoutSni(way: Way, session: TlsSession | null): Promise<WithoutSni | null> {
  if (session === null || !sentName(session)) return null;
  const shaken = await way.shake({ serverName: null }, ({ chain, fingerprint }) => ({
    leaf: chain[0] ?? null,
    fingerprint,
  }));
  if (shaken.kind === 'session') {
    const { leaf, fingerprint } = shaken.value;
    return { answer: 'accepted', detail: '', leaf, same: fingerprint === session.fingerprint };
  }
  const { alert, detail = '' } = shaken.failure.details;
  return { answer: alert === undefined ? 'not tested' : 'refused', detail, leaf: null, same: null };
}

const sentName = ({ evidence }: TlsSession): boolean => evidence.kind === 'tls' && evidence.body.serverName != null;
