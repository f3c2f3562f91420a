/**
 * Who may see a run: its owner, by a cookie, and whoever holds a share link. One check for page, stream, evidence and exports.
 * The id of a run grants nothing. A run that is not theirs and one that does not exist look the same.
 */
import { cookies, headers } from 'next/headers';
import type { Redaction } from '#lib/result/report.ts';
import { hashToken, newToken, sameHash } from '#lib/store/token.ts';
import { service } from './service.ts';

export interface Access {
  readonly run: string;
  readonly role: 'owner' | 'viewer';
  readonly redaction: Redaction;
  /** Where the page is; stream, evidence and exports are below it. */
  readonly base: string;
  readonly expiresAt: number | null;
}

const COOKIE = 'throughline_owner';
const DAY_S = 86_400;

/** The owner's access to this run: see, cancel, share, revoke, delete. */
export async function ownerAccess(run: string): Promise<Access | null> {
  const token = (await cookies()).get(COOKIE)?.value;
  const owner = token === undefined ? null : await service().ownerOf(run);
  if (token === undefined || owner === null || !sameHash(hashToken(token), owner)) return null;
  return { run, role: 'owner', redaction: 'none', base: `/run/${run}`, expiresAt: null };
}

/** What a share link lets its holder see. */
export async function viewerAccess(token: string): Promise<Access | null> {
  const link = await service().openLink(token);
  if (link === null) return null;
  return { ...link, role: 'viewer', base: `/r/${token}` };
}

/** The hash of this browser's owner token. It is made at the first start and lives as long as the last result. */
export async function ownerHash(): Promise<string> {
  const jar = await cookies();
  const token = jar.get(COOKIE)?.value || newToken();
  const maxAge = service().config.keepDays * DAY_S;
  const secure = (await origin()).startsWith('https:');
  jar.set(COOKIE, token, { httpOnly: true, sameSite: 'lax', path: '/', maxAge, secure });
  return hashToken(token);
}

/** Under what address this server is seen by the browser, also behind a proxy. */
export async function origin(): Promise<string> {
  const sent = await headers();
  const own = sent.get('origin');
  if (own !== null && URL.canParse(own)) return own;
  const host = first(sent.get('x-forwarded-host')) ?? sent.get('host') ?? 'localhost';
  return `${first(sent.get('x-forwarded-proto')) ?? 'http'}://${host}`;
}

function first(list: string | null): string | undefined {
  return list?.split(',')[0]?.trim();
}
