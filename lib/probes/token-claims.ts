/** Reads what a token says about itself, before it is sent anywhere. Nothing is verified: only the server can. RFC 9068 2.2 */
import { readToken, type TokenFacts } from '#lib/auth/bearer/token.ts';
import type { Secret } from '#lib/auth/secret.ts';
import type { Net } from '#lib/net/door.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import { draft } from '#lib/result/finding.ts';
import type { Message } from '#lib/result/message.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { certainObjection } from './judging/token-fit.ts';

export interface TokenClaimsInput extends Subject {
  readonly path: string;
  readonly token: Secret;
  readonly source: 'device code' | 'given by the person';
  /** Our clock, in milliseconds since the epoch. */
  readonly now: () => number;
}

interface Seen {
  readonly facts: TokenFacts;
  readonly at: number;
}

export const tokenClaims: Probe<Net, TokenClaimsInput, Seen, TokenFacts> = {
  id: 'token-claims',
  titles: {
    planned: ({ host }) => title('token-claims.planned', { host }),
    failed: ({ host }) => title('token-claims.failed', { host }),
  },
  emits: ['auth.token-refused', 'tool.not-tested'],
  observe: async (_net, { token, now }) => ({ facts: readToken(token), at: now() }),
  judge: ({ facts, at }, { host, path, source }) => {
    if (facts.unfit !== null) {
      const what = `Signing in to ${host} with the token`;
      return { ok: false, findings: [draft('tool.not-tested', { what, reason: facts.unfit })] };
    }
    const evidence: Evidence[] = [
      { kind: 'token', body: { host, source, claims: [...facts.claims], opaque: facts.opaque } },
    ];
    const objection = certainObjection(facts, at);
    if (objection === null) return { ok: true, value: facts, title: passed(facts), evidence };
    const audience = facts.audience.join(' ') || 'not said';
    const reason = `${objection}; it was not sent`;
    const finding = draft('auth.token-refused', { host, path, reason, audience, error: 'none' });
    return { ok: false, findings: [finding], evidence };
  },
};

function passed({ opaque, audience, expiresAt }: TokenFacts): Message {
  if (opaque) return title('token-claims.opaque', {});
  const until = expiresAt === null ? 'an unknown time' : new Date(expiresAt).toISOString();
  return title('token-claims.passed', { audience: audience.join(' ') || 'nobody in particular', until });
}
