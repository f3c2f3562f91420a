/**
 * Alerts: how a TLS peer says why it gives up. Names from RFC 8446 6.2 and B.2, RFC 5246 7.2, RFC 6066 9, RFC 7301 3.2, RFC 4279 6
 * and RFC 9849 8; what each means is said for whoever runs the server.
 */
export interface Alert {
  readonly number: number;
  /** As the documents name it, with blanks. */
  readonly name: string;
  /** What it says about the server, in a few words. */
  readonly meaning: string;
}

/** The alerts by which a server ends a connection that has no client certificate, or one that it does not take. RFC 8446 4.4.2.4 */
export const CLIENT_CERTIFICATE_ALERTS: readonly number[] = [40, 41, 42, 43, 44, 45, 46, 48, 49, 116];

/** The server speaks none of the versions that were offered. */
export const PROTOCOL_VERSION = 70;
/** The client certificate is missing: nothing else makes a server say this. RFC 8446 6.2 */
export const CERTIFICATE_REQUIRED = 116;

const ALERTS: Readonly<Record<number, readonly [name: string, meaning: string]>> = {
  0: ['close notify', 'the server closes the connection'],
  10: ['unexpected message', 'the server did not expect what it was sent'],
  20: ['bad record mac', 'what arrives there is damaged on the way'],
  21: ['decryption failed', 'what arrives there cannot be decrypted'],
  22: ['record overflow', 'what arrives there is longer than TLS allows'],
  30: ['decompression failure', 'what arrives there cannot be unpacked'],
  40: ['handshake failure', 'the server takes nothing of what the client offered'],
  41: ['no certificate', 'the server misses a client certificate'],
  42: ['bad certificate', 'the server refuses the client certificate, or misses it'],
  43: ['unsupported certificate', 'the server cannot use this kind of client certificate'],
  44: ['certificate revoked', 'the client certificate was revoked'],
  45: ['certificate expired', 'the client certificate is out of date'],
  46: ['certificate unknown', 'the server does not take the client certificate'],
  47: ['illegal parameter', 'the server finds a value that it does not allow'],
  48: ['unknown ca', 'the server does not trust who issued the client certificate'],
  49: ['access denied', 'the server does not let this client in'],
  50: ['decode error', 'the server cannot read what it was sent'],
  51: ['decrypt error', 'a signature or a checksum of the handshake does not fit'],
  60: ['export restriction', 'the server keeps to the export rules of the nineties'],
  70: ['protocol version', 'the server speaks none of the TLS versions that were offered'],
  71: ['insufficient security', 'the server wants stronger encryption than was offered'],
  80: ['internal error', 'something inside the server went wrong'],
  86: ['inappropriate fallback', 'the server speaks a newer version than the client now tries'],
  90: ['user canceled', 'somebody broke off the handshake'],
  100: ['no renegotiation', 'the server does not begin anew within a connection'],
  109: ['missing extension', 'the server misses something that the handshake has to say'],
  110: ['unsupported extension', 'the server was sent something that it had not asked for'],
  111: ['certificate unobtainable', 'the server cannot fetch the client certificate'],
  112: ['unrecognized name', 'the server has no certificate for this name'],
  113: ['bad certificate status response', 'the stapled OCSP answer does not fit'],
  114: ['bad certificate hash value', 'the fetched client certificate is another one'],
  115: ['unknown psk identity', 'the server does not know the shared key'],
  116: ['certificate required', 'the server wants a client certificate'],
  120: ['no application protocol', 'the server does not speak HTTP/1.1 on this port'],
  121: ['ech required', 'the server wants the name to be sent encrypted'],
};

/** What stands behind the number of an alert. One that nobody has defined keeps its number. */
export function alertOf(number: number): Alert {
  const [name, meaning] = ALERTS[number] ?? ['an alert that no document names', 'its number means nothing'];
  return { number, name, meaning };
}

/** In one line: `unrecognized name (112): the server has no certificate for this name`. */
export function describeAlert(number: number): string {
  const { name, meaning } = alertOf(number);
  return `${name} (${number}): ${meaning}`;
}
