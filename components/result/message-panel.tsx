'use client';
/** The text to hand on, ready to be copied into a mail or a ticket. */
import { useSyncExternalStore } from 'react';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { RunState } from '#lib/result/reducer.ts';
import { handover } from './handover.ts';

const never = () => () => {};

export function MessagePanel({ run }: { run: RunState }) {
  const origin = useSyncExternalStore(
    never,
    () => window.location.origin,
    () => '',
  );
  const text = handover(run, origin);
  if (text === null) return null;
  return (
    <Panel label="Message for them">
      <div className="grid gap-3">
        <pre className="evidence-text max-h-80">{text}</pre>
        <div>
          <CopyButton label="Copy the message" text={text} className="button button-primary" />
        </div>
      </div>
    </Panel>
  );
}
