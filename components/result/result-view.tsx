'use client';
/** A result: the answer, what can be done with it, the steps. The server draws it as it stands; here it goes on living. */
import { Tree } from '#components/tree/tree.tsx';
import type { Confided } from '#lib/result/question.ts';
import type { RunState } from '#lib/result/reducer.ts';
import { ActionBar } from './action-bar.tsx';
import type { Ownership } from './actions.ts';
import type { WaitingWords } from './answer.ts';
import { MessagePanel } from './message-panel.tsx';
import { MetaLine } from './meta-line.tsx';
import { SharePanel } from './share-panel.tsx';
import { useRun } from './use-run.ts';
import { VerdictCard } from './verdict-card.tsx';

interface ResultViewProps {
  /** Every message in it carries its `text`. */
  initial: RunState;
  words: WaitingWords;
  base: string;
  elapsedAtDrawing: number;
  /** What open questions hold for the owner alone; empty for everybody else. */
  confided: readonly (readonly [question: string, confided: Confided])[];
  /** `null` for somebody who came by a link. */
  owner: Ownership | null;
}

export function ResultView({ initial, words, base, elapsedAtDrawing, confided: held, owner }: ResultViewProps) {
  const { run, confided, link } = useRun(initial, held, base);
  const ended = run.status === 'closed';
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <VerdictCard run={run} words={words} asking={{ elapsedAtDrawing, owner, confided }}>
        <MessagePanel run={run} />
        {owner !== null && <SharePanel owner={owner} />}
      </VerdictCard>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <MetaLine run={run} link={link} elapsedAtDrawing={elapsedAtDrawing} />
        <ActionBar base={base} ended={ended} owner={owner} />
      </div>
      <Tree root={run.root} ended={ended} base={base} at={run.head?.startedAt ?? ''} />
    </div>
  );
}
