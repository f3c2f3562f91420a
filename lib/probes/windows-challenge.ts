/**
 * Begins a sign-in with NTLM or Negotiate, without any name or password: what the server answers tells who it is and what time it has.
 * [MS-NLMP] 2.2.1.2
 */
import type { Way } from '#lib/auth/signed-request.ts';
import { type Opening, openWindows, type WindowsManner } from '#lib/auth/windows-opening.ts';
import type { WindowsScheme } from '#lib/auth/windows-sign-in.ts';
import type { Net } from '#lib/net/door.ts';
import type { HttpRequest } from '#lib/net/http-message.ts';
import type { NtlmChallengeEvidence } from '#lib/result/evidence.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Judgement, Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { type ChallengeFacts, challengeFacts } from '#lib/wire/ntlm/facts.ts';
import { TOLERANCE_MS } from './judging/clock.ts';
import { obstacleFinding } from './judging/windows-obstacle.ts';

export interface WindowsChallengeInput extends Subject {
  readonly way: Way;
  readonly request: HttpRequest;
  /** Not empty. */
  readonly offered: readonly WindowsScheme[];
  /** There is no other way in: what fails here fails for everybody. */
  readonly isNeeded: boolean;
  /** Our clock, in milliseconds since the epoch. */
  readonly now: () => number;
}

interface Seen {
  readonly opening: Opening;
  readonly at: number;
}

/** Who the server says it is, and how NTLM goes with it; null where it does not go at all. */
export type WindowsAnswer = { readonly manner: WindowsManner; readonly facts: ChallengeFacts } | null;

export const windowsChallenge: Probe<Net, WindowsChallengeInput, Seen, WindowsAnswer> = {
  id: 'windows-challenge',
  titles: {
    planned: ({ host }) => title('windows-challenge.planned', { host }),
    failed: ({ host }) => title('windows-challenge.failed', { host }),
  },
  emits: [
    'auth.kerberos-only',
    'auth.malformed-challenge',
    'auth.ntlm-broken-by-proxy',
    'auth.ntlm-reveals-names',
    'auth.ntlm-too-old',
    'http.clock-skew',
  ],
  observe: async (net, { way, offered, request, now }, signal) => {
    const opening = await openWindows(net, way, offered, request, signal);
    return { opening, at: now() };
  },
  judge: ({ opening, at }, { host, request, isNeeded }) => {
    const { manner, legs } = opening;
    switch (opening.kind) {
      case 'challenge':
        return judgeChallenge(challengeFacts(opening.challenge, at), manner, host, legs);
      case 'answered':
        return { ok: true, value: null, title: title('windows-challenge.none', { host }), evidence: legs };
      case 'obstacle': {
        const finding = obstacleFinding(opening.obstacle, {
          host,
          path: request.path,
          scheme: manner.scheme,
        });
        if (isNeeded) return { ok: false, findings: [finding], evidence: legs };
        return {
          ok: true,
          value: null,
          title: title('windows-challenge.failed', { host }),
          findings: [finding],
          evidence: legs,
        };
      }
    }
  },
};

function judgeChallenge(
  facts: ChallengeFacts,
  manner: WindowsManner,
  host: string,
  legs: Opening['legs'],
): Judgement<WindowsAnswer> {
  const names = namesIn(facts);
  return {
    ok: true,
    value: { manner, facts },
    title: title('windows-challenge.passed', {
      host,
      name: facts.dnsComputer ?? facts.netbiosComputer ?? facts.targetName,
    }),
    findings: [
      ...(names.length === 0
        ? []
        : [draft('auth.ntlm-reveals-names', { host, names: [...new Set(names.map(({ value }) => value))] })]),
      ...clockFinding(facts, host),
    ],
    evidence: [{ kind: 'ntlm-challenge', body: drawn(facts, names, host) }, ...legs],
  };
}

function namesIn(facts: ChallengeFacts): NtlmChallengeEvidence['names'] {
  const all = [
    ['NetBIOS name of the computer', facts.netbiosComputer],
    ['NetBIOS name of the domain', facts.netbiosDomain],
    ['DNS name of the computer', facts.dnsComputer],
    ['DNS name of the domain', facts.dnsDomain],
    ['DNS name of the forest', facts.dnsTree],
  ] as const;
  return all.flatMap(([what, value]) => (value === null || value === '' ? [] : [{ what, value }]));
}

/** Kerberos and the time stamp of NTLM bear five minutes. */
function clockFinding({ ahead }: ChallengeFacts, host: string): FindingDraft[] {
  if (ahead === null || Math.abs(ahead) <= TOLERANCE_MS) return [];
  const which = ahead > 0 ? 'the one of the server is ahead' : 'the one of the server is behind';
  return [draft('http.clock-skew', { host, difference: Math.abs(Math.round(ahead)), which })];
}

function drawn(facts: ChallengeFacts, names: NtlmChallengeEvidence['names'], host: string): NtlmChallengeEvidence {
  const { targetName, build, time, ahead, flags } = facts;
  const isDate = time !== null && Math.abs(time) <= 8.64e15;
  return {
    host,
    targetName: targetName || null,
    names,
    build,
    clock: isDate ? new Date(time).toISOString() : null,
    aheadMs: ahead === null ? null : Math.round(ahead),
    flags: [...flags],
  };
}
