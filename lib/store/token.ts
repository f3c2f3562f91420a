/** Random names and capabilities. Whoever holds a token may do what it stands for; what is stored is only its hash. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 192 random bits, fit for an address or a cookie. */
export function newToken(): string {
  return randomBytes(24).toString('base64url');
}

/** The name of a run: unguessable, although it grants nothing. */
export function newRunId(): string {
  return randomBytes(16).toString('base64url');
}

/** What is stored in place of a token. It needs no salt: 192 random bits cannot be guessed. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** Whether two hashes are equal, in a time that says nothing about where they differ. */
export function sameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
