'use client';
/** Run again, copy, JSON, cancel, delete: a line of buttons, one menu on a phone. */
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Icon } from '#components/ui/icons.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { Ownership } from './actions.ts';

interface ActionBarProps {
  base: string;
  ended: boolean;
  owner: Ownership | null;
}

export function ActionBar({ base, ended, owner }: ActionBarProps) {
  if (!ended) return owner && <Cancel owner={owner} />;
  return (
    <>
      <div className="flex flex-wrap items-center justify-end gap-2 max-sm:hidden">
        <Actions base={base} owner={owner} />
        {owner && (
          <Panel label="Delete">
            <Delete owner={owner} />
          </Panel>
        )}
      </div>
      <Panel menu className="sm:hidden" label={<MenuLabel />}>
        <div className="menu">
          <Actions base={base} owner={owner} />
          {owner && (
            <details>
              <summary className="button">Delete</summary>
              <Delete owner={owner} />
            </details>
          )}
        </div>
      </Panel>
    </>
  );
}

const MenuLabel = () => (
  <>
    <Icon name="menu" /> Actions
  </>
);

function Actions({ base, owner }: Omit<ActionBarProps, 'ended'>) {
  return (
    <>
      {owner && (
        <a href={owner.again} className="button">
          Run again
        </a>
      )}
      <CopyButton label="Copy as text" text={() => textOf(`${base}/report.txt`)} />
      <noscript>
        <a href={`${base}/report.txt`} className="button">
          As text
        </a>
      </noscript>
      <a href={`${base}/report.json`} className="button">
        JSON
      </a>
    </>
  );
}

async function textOf(href: string): Promise<string> {
  const answer = await fetch(href);
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.text();
}

function Cancel({ owner }: { owner: Ownership }) {
  return (
    <form action={owner.actions.cancel}>
      <input type="hidden" name="run" value={owner.run} />
      <button type="submit" className="button">
        Cancel
      </button>
    </form>
  );
}

function Delete({ owner }: { owner: Ownership }) {
  return (
    <form action={owner.actions.remove} className="grid gap-3 text-[0.9375rem]">
      <input type="hidden" name="run" value={owner.run} />
      <p>The result, what was seen and every link to it are deleted. This cannot be undone.</p>
      <div>
        <button type="submit" className="button border-bad text-bad">
          Delete this result
        </button>
      </div>
    </form>
  );
}
