'use client';
/** What else is to be repaired, folded: one thing at a time. */
import { findingText, rowHref } from '#components/tree/sentence.ts';
import { Breakable } from '#components/ui/breakable.tsx';
import { Icon } from '#components/ui/icons.tsx';
import type { RunState } from '#lib/result/reducer.ts';
import { actorWords, severityWords } from '#lib/result/words.ts';
import { namedCauses } from './answer.ts';

export function OtherCauses({ run }: { run: RunState }) {
  const others = namedCauses(run).slice(1);
  if (others.length === 0) return null;
  return (
    <details className="folded mt-2 pl-9">
      <summary className="link">
        {others.length === 1 ? '1 more thing to look at' : `${others.length} more things to look at`}
      </summary>
      <ul className="mt-2 grid gap-2">
        {others.map(({ cause, finding, node }) => (
          <li key={finding.id} className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
            <Icon
              name={finding.severity === 'error' ? 'cross' : 'warning'}
              className={`mt-1 ${finding.severity === 'error' ? 'text-bad' : 'text-warn'}`}
            />
            <div>
              <span className="sr-only">{severityWords[finding.severity]}: </span>
              <a href={rowHref(node.id)} className="link">
                <Breakable text={findingText(finding)} />
              </a>
              <span className="block text-sm text-soft">
                {actorWords[cause.actor]} ·{' '}
                <a href={`/findings/${finding.code}`} className="link">
                  How to fix it
                </a>
              </span>
            </div>
          </li>
        ))}
      </ul>
    </details>
  );
}
