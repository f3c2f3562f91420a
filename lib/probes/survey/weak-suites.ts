/**
 * Which weak suites a server accepts. All of them are offered in one hello made by hand, since libraries of today have few of them:
 * a healthy server refuses it, and that was all. One that chooses is asked again without what it chose, until it refuses.
 */
import { describeAlert } from '#lib/wire/tls/alerts.ts';
import { suiteName, WEAK_KINDS, type WeakKind, weaknessOf, weakSuites } from '#lib/wire/tls/suites.ts';
import { VERSIONS, type VersionName, versionName } from '#lib/wire/tls/versions.ts';
import { cutOff, isCutOff, settle } from './cut-off.ts';
import type { Tried, WeakTried } from './seen.ts';
import type { Heard, Way, Words } from './way.ts';

interface Peeled {
  readonly chosen: readonly WeakTried[];
  /** What became of the kinds that were not chosen. */
  readonly rest: Tried;
}

/**
 * One row for each kind.
 * @param versions the newest to offer, one series of hellos for each: some suites exist in old versions alone
 */
export async function tryWeakSuites(way: Way, versions: readonly VersionName[]): Promise<WeakTried[]> {
  const peeled = await Promise.all(versions.map((version) => peel(way, version)));
  return WEAK_KINDS.map((kind) => {
    const chosen = peeled.flatMap((one) => one.chosen).find((one) => one.kind === kind);
    return chosen ?? { kind, ...restOf(peeled), suite: null, version: null };
  });
}

/** The rows again; what was cut off is tried once more as a whole. */
export async function settleWeakSuites(way: Way, tried: readonly WeakTried[]): Promise<WeakTried[]> {
  const open = tried.filter(isCutOff).map(({ kind }) => kind);
  if (open.length === 0) return [...tried];
  const words = wordsFor('TLS 1.2', open);
  const again = await settle(way, words, (heard) => asTried(meaning(words, heard)));
  return tried.map((one) => (isCutOff(one) ? { ...one, ...again } : one));
}

/** What was chosen only now is one suite of many, and says nothing of the others. */
const asTried = (one: WeakTried | Tried): Tried => ('kind' in one ? cutOff : one);

/** A refusal counts only if every series ended with one. */
function restOf(peeled: readonly Peeled[]): Tried {
  const rests = peeled.map(({ rest }) => rest);
  return rests.find(({ answer }) => answer !== 'refused') ?? rests[0] ?? cutOff;
}

async function peel(way: Way, version: VersionName): Promise<Peeled> {
  const chosen: WeakTried[] = [];
  for (;;) {
    const kinds = WEAK_KINDS.filter((kind) => !chosen.some((one) => one.kind === kind));
    if (kinds.length === 0) return { chosen, rest: { answer: 'refused', detail: '' } };
    const words = wordsFor(version, kinds);
    const one = meaning(words, await sayTwice(way, words));
    if (!('kind' in one)) return { chosen, rest: one };
    chosen.push(one);
  }
}

const wordsFor = (version: VersionName, kinds: readonly WeakKind[]): Words => ({
  version,
  suites: kinds.flatMap(weakSuites),
});

async function sayTwice(way: Way, words: Words): Promise<Heard> {
  const heard = await way.say(words);
  return heard.kind === 'cut-off' ? way.say(words) : heard;
}

function meaning({ suites }: Words, heard: Heard): WeakTried | Tried {
  if (heard.kind === 'cut-off') return cutOff;
  if (heard.kind === 'nothing') return { answer: 'not tested', detail: heard.detail };
  const { hello, alert } = heard.flight;
  if (hello === null) return { answer: 'refused', detail: describeAlert(alert ?? 0) };
  const kind = suites.includes(hello.suite) ? weaknessOf(hello.suite) : null;
  const suite = suiteName(hello.suite);
  // A server that chooses what nobody offered proves nothing.
  if (kind === null) return { answer: 'not tested', detail: `it chose ${suite}, which was not offered` };
  return { kind, answer: 'accepted', detail: '', suite, version: knownVersion(hello.version) };
}

function knownVersion(number: number): VersionName | null {
  const name = versionName(number);
  return Object.hasOwn(VERSIONS, name) ? (name as VersionName) : null;
}
