/** A short statement with its icon: what the colour says, the icon and the words say as well. */
import { Breakable } from '#components/ui/breakable.tsx';
import { Icon, type IconName } from '#components/ui/icons.tsx';

export interface Remark {
  readonly tone: 'good' | 'warn' | 'bad' | 'mute' | 'unknown';
  readonly text: string;
}

const looks: Record<Remark['tone'], readonly [icon: IconName, colour: string]> = {
  good: ['check', 'text-good'],
  warn: ['warning', 'text-warn'],
  bad: ['cross', 'text-bad'],
  mute: ['dash', 'text-mute'],
  unknown: ['broken', 'text-mute'],
};

export function Mark({ remark: { tone, text } }: { remark: Remark }) {
  const [icon, colour] = looks[tone];
  return (
    <span className={`flex items-start gap-1.5 ${colour}`}>
      <Icon name={icon} className="mt-[0.1875rem]" />
      <span className="min-w-0 wrap-break-word">
        <Breakable text={text} />
      </span>
    </span>
  );
}

export function Marks({ remarks }: { remarks: readonly Remark[] }) {
  if (remarks.length === 0) return null;
  return (
    <ul className="grid grid-cols-1 gap-0.5">
      {remarks.map((remark) => (
        <li key={remark.text}>
          <Mark remark={remark} />
        </li>
      ))}
    </ul>
  );
}
