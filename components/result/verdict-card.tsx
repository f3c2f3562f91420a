'use client';
/** The answer: the largest thing on the page, there from the first second, in a place that does not move. */
import { type ReactNode, useEffect, useRef } from 'react';
import { Breakable } from '#components/ui/breakable.tsx';
import { Icon, type IconName, outcomeIcons } from '#components/ui/icons.tsx';
import { useHeadingFocus } from '#components/ui/page-heading.tsx';
import type { RunState } from '#lib/result/reducer.ts';
import { outcomeWords } from '#lib/result/words.ts';
import {
  answerOf,
  consequences,
  extent,
  notes,
  type Phase,
  phaseOf,
  progress,
  type WaitingWords,
  whoActs,
} from './answer.ts';
import { OtherCauses } from './other-causes.tsx';
import { Question, type QuestionProps } from './question.tsx';

interface VerdictCardProps {
  run: RunState;
  words: WaitingWords;
  /** What a question needs. */
  asking: Omit<QuestionProps, 'run' | 'onAnswer'>;
  /** Message for them, share. */
  children: ReactNode;
}

const looks: Record<Phase, { icon: IconName; word: string; colour: string; frame: string }> = {
  running: { icon: 'running', word: 'Running', colour: 'text-accent', frame: 'verdict-running' },
  passed: { icon: outcomeIcons.passed, word: outcomeWords.passed, colour: 'text-good', frame: 'verdict-passed' },
  warning: { icon: outcomeIcons.warning, word: outcomeWords.warning, colour: 'text-warn', frame: 'verdict-warning' },
  failed: { icon: outcomeIcons.failed, word: outcomeWords.failed, colour: 'text-bad', frame: 'verdict-failed' },
  incomplete: {
    icon: outcomeIcons.incomplete,
    word: outcomeWords.incomplete,
    colour: 'text-soft',
    frame: 'verdict-grey',
  },
  broken: { icon: outcomeIcons.broken, word: outcomeWords.broken, colour: 'text-warn', frame: 'verdict-warning' },
};

export function VerdictCard({ run, words, asking, children }: VerdictCardProps) {
  const look = looks[phaseOf(run)];
  const heading = useHeadingFocus();
  const onAnswer = useFocusAfter(run.questions[0]?.id, heading);
  return (
    <section aria-labelledby="verdict" className={`verdict ${look.frame}`} data-outcome={phaseOf(run)}>
      <div aria-live="polite" className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3">
        <Icon name={look.icon} className={`mt-1 size-6 sm:mt-1.5 ${look.colour}`} />
        <h1 id="verdict" ref={heading} tabIndex={-1} className="text-xl leading-snug font-semibold sm:text-2xl">
          <span className="sr-only">{look.word}: </span>
          <Breakable text={answerOf(run, words)} />
        </h1>
      </div>
      <div className="verdict-rest">
        <div className="min-w-0">
          <Question run={run} {...asking} onAnswer={onAnswer} />
          {run.verdict === null ? <Progress run={run} /> : <Consequences run={run} />}
        </div>
        <div className="flex flex-wrap gap-2">{children}</div>
      </div>
      <OtherCauses run={run} />
    </section>
  );
}

/** The buttons of an answered question go away under the finger: the focus then goes to the heading. Gives what an answer calls. */
function useFocusAfter(question: string | undefined, heading: React.RefObject<HTMLElement | null>): () => void {
  const answered = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (answered.current === undefined || answered.current === question) return;
    answered.current = undefined;
    heading.current?.focus({ preventScroll: true });
  }, [question, heading]);
  return () => {
    answered.current = question;
  };
}

function Progress({ run }: { run: RunState }) {
  const { done, total, now } = progress(run.root);
  return (
    <div className={run.questions.length > 0 ? 'asked-instead' : ''}>
      <p className="tabular-nums">{total === 0 ? 'The plan is being made.' : `${done} of ${total} steps`}</p>
      <p className="truncate text-soft">{now ?? '\u00a0'}</p>
    </div>
  );
}

function Consequences({ run }: { run: RunState }) {
  const said = [whoActs(run), consequences(run), ...notes(run)].filter((line) => line !== null);
  const lines = said.length > 0 ? said : [extent(run)];
  return lines.map((line, place) => (
    <p key={line} className={place === 0 ? 'font-medium' : 'text-soft'}>
      <Breakable text={line} />
    </p>
  ));
}
