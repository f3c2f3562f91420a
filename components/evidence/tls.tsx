import type { TlsEvidence } from '#lib/result/evidence.ts';
import { showDuration } from '#lib/result/message.ts';
import type { Drawn } from './drawn.ts';
import { Facts, Mono } from './parts.tsx';

/** What both sides agreed on. */
export function Tls({ body }: Drawn<TlsEvidence>) {
  const { host, address, protocol, cipher, alpn, keyExchange, elapsedMs } = body;
  return (
    <Facts
      facts={[
        ['Host', <Mono key="host" text={host} />],
        ['Address', <Mono key="address" text={address} />],
        ['Protocol', protocol],
        ['Cipher suite', cipher && <Mono key="cipher" text={cipher} />],
        ['Key exchange', keyExchange],
        ['Application protocol', alpn],
        ['Took', showDuration(elapsedMs)],
      ]}
    />
  );
}
