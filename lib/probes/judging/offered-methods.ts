/** What an endpoint offers for signing in, and whether that fits a mail system. */
import { marksOfMailSystem } from '#lib/auth/marks.ts';
import type { HttpAnswer } from '#lib/net/http-message.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import { type Challenge, decodeChallenges } from '#lib/wire/http/challenge.ts';
import { isPromised } from './promised-method.ts';

export interface Offered {
  readonly challenges: readonly Challenge[];
  readonly marks: readonly string[];
}

/** The challenges of a 401, all lines together. */
export function offeredIn(answer: HttpAnswer): Offered {
  const lines = answer.headers.filter(([name]) => name.toLowerCase() === 'www-authenticate').map(([, value]) => value);
  const challenges = decodeChallenges(lines);
  return { challenges, marks: marksOfMailSystem(answer.headers, challenges) };
}

/** The schemes, each once, as they are written; those that clients know come first. */
export function schemesOf({ challenges }: Pick<Offered, 'challenges'>): string[] {
  const all = [...new Set(challenges.map(({ scheme }) => scheme.slice(0, MOST_CHARACTERS)))];
  const isKnown = (scheme: string): boolean => KNOWN.includes(scheme.toLowerCase());
  return [...all.filter(isKnown), ...all.filter((scheme) => !isKnown(scheme))].slice(0, MOST_METHODS);
}

/** Clients know these; whatever else stands there was switched on by mistake, or belongs to a device in front. */
const KNOWN = ['basic', 'ntlm', 'negotiate', 'bearer', 'nego2'];
const MOST_METHODS = 20;
const MOST_NAMED = 5;
const MOST_CHARACTERS = 50;

/** Of a mail system only: a hosting panel may ask in whatever way it likes. */
export function methodFindings({ challenges, marks }: Offered, { host, path }: HttpAnswer): FindingDraft[] {
  if (marks.length === 0) return [];
  const schemes = schemesOf({ challenges });
  const strange = schemes.filter((scheme) => !KNOWN.includes(scheme.toLowerCase())).slice(0, MOST_NAMED);
  const isBasicOnly = schemes.every((scheme) => scheme.toLowerCase() === 'basic');
  return [
    ...(isBasicOnly ? [draft('auth.basic-only', { host, path })] : []),
    ...(strange.length > 0 ? [draft('auth.unexpected-method', { host, path, method: strange })] : []),
  ];
}

/** Evidence of the offer. @param promised Autodiscover's AuthPackage for this endpoint; null where it says nothing */
export function methodsEvidence(
  { challenges, marks }: Offered,
  { host, path }: HttpAnswer,
  promised: string | null,
): Evidence {
  const methods = challenges.slice(0, MOST_METHODS).map(({ scheme, params }) => ({
    scheme: scheme.slice(0, MOST_CHARACTERS),
    parameters: Object.entries(params)
      .slice(0, MOST_METHODS)
      .map(([name, value]) => ({ name: name.slice(0, 100), value: value.slice(0, 500) })),
  }));
  const kept = promised === null ? {} : { promiseKept: isPromised(promised, schemesOf({ challenges })) };
  return {
    kind: 'sign-in-methods',
    body: { host, path, methods, promised, ...kept, marks: marks.slice(0, MOST_METHODS) },
  };
}
