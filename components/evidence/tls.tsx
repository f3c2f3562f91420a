import type { TlsEvidence } from '#lib/result/evidence.ts';
import { showDuration } from '#lib/result/message.ts';
import type { Drawn } from './drawn.ts';
import { cut } from './names.ts';
import { Facts, Mono } from './parts.tsx';

/** What both sides agreed on. Facts that an older result does not have are left out. */
export function Tls({ body }: Drawn<TlsEvidence>) {
  const { host, address, protocol, cipher, alpn, keyExchange, elapsedMs } = body;
  const { serverName, stapledOcsp, clientCertificate } = body;
  return (
    <Facts
      facts={[
        ['Host', <Mono key="host" text={cut(host)} />],
        ['Address', <Mono key="address" text={cut(address)} />],
        ['Name asked for (SNI)', serverName === undefined ? null : (serverName ?? 'none: the host is an address')],
        ['Protocol', protocol],
        ['Cipher suite', cipher && <Mono key="cipher" text={cut(cipher)} />],
        ['Key exchange', keyExchange],
        ['Application protocol', alpn],
        ['OCSP answer sent along', stapledOcsp === undefined ? null : sizeOf(stapledOcsp)],
        ['Client certificate', clientCertificate === undefined ? null : shownFor(clientCertificate)],
        ['Took', showDuration(elapsedMs)],
      ]}
    />
  );
}

function shownFor({ asked, shown }: NonNullable<TlsEvidence['clientCertificate']>): string {
  if (!asked) return 'not asked for';
  return shown === null ? 'asked for; there was none to show' : `asked for; that of ${cut(shown)} was shown`;
}

const sizeOf = (bytes: number | null): string => (bytes === null ? 'none' : `${bytes} bytes`);
