/** Looks at where a client is sent on to, before anybody goes there: the place itself, the way so far, whose domain it is. [MS-OXDISCO] 3.1.5 */
import type { Net } from '#lib/net/door.ts';
import type { RedirectsEvidence } from '#lib/result/evidence.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Judgement, Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { type Destination, destinationOf, type Signpost } from './judging/destination.ts';
import { isWithin, MOST_HOPS, type Trail } from './judging/trail.ts';

export interface RedirectInput extends Subject {
  readonly signpost: Signpost;
  /** The way that led here; the place that sends on is its last. */
  readonly trail: Trail;
  /** The domain that the search began with: Outlook trusts what stays within it. */
  readonly domain: string;
}

export interface Onward {
  readonly destination: Destination;
  readonly trail: Trail;
}

export const autodiscoverRedirect: Probe<Net, RedirectInput, RedirectInput, Onward> = {
  id: 'autodiscover-redirect',
  titles: {
    planned: ({ host }) => title('autodiscover-redirect.planned', { host }),
    failed: ({ host }) => title('autodiscover-redirect.failed', { host }),
  },
  emits: ['autodiscover.redirect-invalid', 'autodiscover.redirect-loop', 'autodiscover.redirect-to-other-domain'],
  observe: async (_net, input) => input,
  judge: (_seen, { host, signpost, trail, domain }) => {
    const read = destinationOf(signpost);
    if (!read.ok) {
      const finding = draft('autodiscover.redirect-invalid', {
        host,
        location: signpost.location,
        reason: read.reason,
      });
      return refuse(finding, trail, signpost, 'refused');
    }
    const { destination } = read;
    const endless = endlessness(trail, destination);
    if (endless !== null) {
      const places = [...trail.places.slice(-MOST_HOPS), destination.place];
      return refuse(
        draft('autodiscover.redirect-loop', { host, how: endless.how, places }),
        trail,
        signpost,
        endless.word,
      );
    }
    return goOn(destination, { host, signpost, trail, domain });
  },
};

function goOn(
  destination: Destination,
  { host, signpost, trail, domain }: Pick<RedirectInput, 'host' | 'signpost' | 'trail' | 'domain'>,
): Judgement<Onward> {
  const { kind, place } = destination;
  const outside = !isWithin(destination.host, domain);
  // A new address is the server's word for a mailbox that has moved, and Outlook takes it; only another address of a server is asked about.
  const asks = outside && kind === 'url' && !destination.known;
  return {
    ok: true,
    value: { destination, trail: trail.with({ from: signpost.from, how: signpost.how, to: place }, kind) },
    title: title('autodiscover-redirect.passed', { host, target: place }),
    findings: asks ? [draft('autodiscover.redirect-to-other-domain', { host, target: destination.host, domain })] : [],
    evidence: [drawn(trail, signpost, place, 'followed')],
  };
}

/** Why a further step would never end. Ten is what Outlook follows. [MS-OXDSCLI] 3.1.5 */
function endlessness(trail: Trail, { kind, place }: Destination): { how: string; word: string } | null {
  if (trail.has(place, kind)) return { how: `${place} is reached again`, word: 'circle' };
  if (trail.hops.length >= MOST_HOPS) return { how: `there are more than ${MOST_HOPS} redirects`, word: 'too many' };
  return null;
}

function refuse(finding: FindingDraft, trail: Trail, signpost: Signpost, outcome: string): Judgement<never> {
  return { ok: false, findings: [finding], evidence: [drawn(trail, signpost, signpost.location, outcome)] };
}

function drawn(
  trail: Trail,
  { how, from }: Signpost,
  to: string,
  outcome: string,
): { kind: 'redirects'; body: RedirectsEvidence } {
  const before = trail.hops.map((hop) => ({ ...hop, outcome: 'followed' }));
  return { kind: 'redirects', body: { steps: [...before, { from, how, to: to.slice(0, 2_000), outcome }] } };
}
