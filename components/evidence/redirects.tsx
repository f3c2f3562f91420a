import type { RedirectsEvidence } from '#lib/result/evidence.ts';
import type { Drawn } from './drawn.ts';
import { cut } from './names.ts';
import { Mono } from './parts.tsx';
import { Mark, type Remark } from './remark.tsx';
import { type Stop, wayOf } from './way.ts';

/** Where a request was sent on to: a box for each place, joined by what led on. A circle is drawn as one. */
export function Redirects({ body }: Drawn<RedirectsEvidence>) {
  const { stops, backTo } = wayOf(body.steps);
  if (stops.length === 0) return <p>Nothing was sent on.</p>;
  return (
    <ol className={`way ${backTo === null ? '' : 'way-circle'}`}>
      {stops.map((stop, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a place may be reached twice, and evidence never changes
        <li key={place} className={loopPart(place, backTo)}>
          <p className="chain-box way-place">
            <span className="text-soft">{place + 1}</span>
            {stop.place === '' ? <span className="text-soft">names no place</span> : <Mono text={cut(stop.place)} />}
          </p>
          {(stop.onward !== null || place < stops.length - 1) && <Onward onward={stop.onward} />}
        </li>
      ))}
      {backTo !== null && (
        <li className="way-loop way-loop-end">
          <p className="chain-box chain-box-missing way-place">
            <span className="text-soft">{backTo + 1}</span>
            <span>
              <Mark remark={{ tone: 'bad', text: `A circle: this is number ${backTo + 1} again` }} />
              <Mono text={cut(stops[backTo]?.place ?? '')} />
            </span>
          </p>
        </li>
      )}
    </ol>
  );
}

function loopPart(place: number, backTo: number | null): string {
  if (backTo === null || place < backTo) return '';
  return place === backTo ? 'way-loop way-loop-start' : 'way-loop';
}

/** What lies between two places. */
function Onward({ onward }: Pick<Stop, 'onward'>) {
  if (onward === null) return <p className="chain-joint">which is looked for at</p>;
  const { how, outcome } = onward;
  const remark = { tone: tones[outcome] ?? 'unknown', text: cut(outcome) } as const;
  return (
    <p className={`chain-joint way-joint ${remark.tone === 'good' ? '' : 'chain-joint-broken'}`}>
      {cut(how)} <Mark remark={remark} />
    </p>
  );
}

const tones: Readonly<Partial<Record<string, Remark['tone']>>> = {
  followed: 'good',
  refused: 'bad',
  circle: 'bad',
  'too many': 'bad',
  'asked and declined': 'warn',
};
