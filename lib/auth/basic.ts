/** Basic credentials. RFC 7617; UTF-8, which Exchange and IIS take. */
import type { Secret } from './secret.ts';

/** The value of the Authorization header. The recorder of `lib/net` never shows it. */
export function basicAuthorization(user: string, password: Secret): string {
  return `Basic ${Buffer.from(`${user}:${password.reveal()}`, 'utf8').toString('base64')}`;
}
