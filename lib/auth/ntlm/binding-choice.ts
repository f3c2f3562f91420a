/** Which channel binding a sign-in is to carry, made from the connection that it goes over. */

import type { TlsSession } from '#lib/net/tls.ts';
import { WireError } from '#lib/wire/error.ts';
import { decodeCertificate } from '#lib/wire/x509/certificate.ts';
import { describeSignatureAlgorithm } from '#lib/wire/x509/signature-algorithm.ts';
import { type ChannelBinding, channelBindingOf } from './channel-binding.ts';

export type BindingChoice = ChannelBinding['kind'];

/** The binding; none where the certificate is of a kind that nobody has defined one for, or cannot be read. */
export function bindingFor({ chain }: Pick<TlsSession, 'chain'>, choice: BindingChoice): ChannelBinding {
  if (choice !== 'right') return { kind: choice };
  const bound = boundTo(derOf(chain[0] ?? ''));
  return bound?.defined ? bound.binding : { kind: 'none' };
}

function boundTo(der: Uint8Array): ReturnType<typeof channelBindingOf> | null {
  try {
    return channelBindingOf(der, describeSignatureAlgorithm(decodeCertificate(der).signatureAlgorithm));
  } catch (error) {
    if (error instanceof WireError) return null;
    throw error;
  }
}

function derOf(pem: string): Uint8Array {
  return Buffer.from(pem.replaceAll(/-----[^-]*-----/g, ''), 'base64');
}
