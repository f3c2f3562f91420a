/** The life of a certificate as a bar, with the day of the test on it. Positions are SVG attributes: the page allows no styles. */
const dayMs = 86_400_000;

interface DatesBarProps {
  notBefore: string;
  notAfter: string;
  at: string;
}

export function DatesBar({ notBefore, notAfter, at }: DatesBarProps) {
  const [from, to, now] = [Date.parse(notBefore), Date.parse(notAfter), Date.parse(at)];
  if ([from, to, now].some(Number.isNaN) || to <= from) return null;
  const used = Math.min(1, Math.max(0, (now - from) / (to - from)));
  const tone = toneOf(from, to, now);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <svg viewBox="0 0 200 10" className={`h-2.5 w-50 max-w-full ${tone}`} aria-hidden="true">
        <rect x="0" y="2" width="200" height="6" rx="3" className="fill-line" />
        <rect x="0" y="2" width={200 * used} height="6" rx="3" className="fill-current" />
        <rect x={Math.min(197, 200 * used)} y="0" width="3" height="10" rx="1" className="fill-ink" />
      </svg>
      <span className={tone}>{daysLeft(from, to, now)}</span>
    </div>
  );
}

/** How the validity stood on the day of the test, in days as a calendar counts them (UTC). The findings count alike. */
export function daysLeft(from: number, to: number, now: number): string {
  if (now < from) return `begins ${sameDay(now, from) ? 'today' : `in ${days(now, from)}`}`;
  if (now > to) return `expired ${sameDay(to, now) ? 'today' : `${days(to, now)} ago`}`;
  return sameDay(now, to) ? 'ends today' : `${days(now, to)} left`;
}

const dayOf = (time: number): number => Math.floor(time / dayMs);
const sameDay = (one: number, other: number): boolean => dayOf(one) === dayOf(other);

function days(from: number, to: number): string {
  const count = dayOf(to) - dayOf(from);
  return `${count} ${count === 1 ? 'day' : 'days'}`;
}

/** Amber from the last quarter of the lifetime on, at most thirty days before the end. */
function toneOf(from: number, to: number, now: number): string {
  if (now < from || now > to) return 'text-bad';
  return to - now < Math.min(30 * dayMs, (to - from) / 4) ? 'text-warn' : 'text-good';
}
