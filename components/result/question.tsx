'use client';
/**
 * What the run asks its owner, in the place of the progress; a sheet at the lower edge on a phone. Whoever came by a link sees that
 * something is asked, and nothing that is confided.
 */
import { Breakable } from '#components/ui/breakable.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { type Confided, questionWords } from '#lib/result/question.ts';
import type { OpenQuestion, RunState } from '#lib/result/reducer.ts';
import type { Ownership } from './actions.ts';
import { countdown, domainOf } from './answer.ts';
import { useElapsed } from './use-elapsed.ts';
import type { ConfidedById } from './use-run.ts';

export interface QuestionProps {
  run: RunState;
  elapsedAtDrawing: number;
  owner: Ownership | null;
  confided: ConfidedById;
  onAnswer: () => void;
}

export function Question({ run, elapsedAtDrawing, owner, confided, onAnswer }: QuestionProps) {
  const [question, ...others] = run.questions;
  const words = question && questionWords(question, domainOf(run));
  const isCode = question?.kind === 'device-code';
  return (
    <div className={question === undefined ? '' : 'question'}>
      <div aria-live="polite">
        {words && <Line text={words.asks} className="font-semibold" />}
        {words && owner === null && <Line text="Whoever started this test is asked this now." />}
        {words && owner !== null && !isCode && <Line text={words.why} />}
      </div>
      {question && owner && (
        <>
          {isCode && <Code confided={confided.get(question.id)} />}
          <form action={owner.actions.answer} onSubmit={onAnswer} className="mt-2 flex flex-wrap items-center gap-2">
            <input type="hidden" name="run" value={owner.run} />
            <input type="hidden" name="question" value={question.id} />
            <Buttons kind={question.kind} />
            <p className="text-sm text-soft tabular-nums">
              <TimeLeft run={run} question={question} elapsedAtDrawing={elapsedAtDrawing} />
              {others.length > 0 && ` · ${others.length} more after this`}
              {isCode && ` · ${words?.why}`}
            </p>
          </form>
        </>
      )}
    </div>
  );
}

function Line({ text, className = 'text-[0.9375rem]' }: { text: string; className?: string }) {
  return (
    <p className={className}>
      <Breakable text={text} />
    </p>
  );
}

function Buttons({ kind }: Pick<OpenQuestion, 'kind'>) {
  const no = (
    <button type="submit" name="answer" value="no" className="button">
      {kind === 'device-code' ? 'Go on without it' : 'No'}
    </button>
  );
  if (kind === 'device-code') return no;
  return (
    <>
      <button type="submit" name="answer" value="yes" className="button button-primary">
        Yes, go there
      </button>
      {no}
    </>
  );
}

/** The code and the page where it is typed in. What is no https address is shown and leads nowhere. */
function Code({ confided }: { confided: Confided | undefined }) {
  // A moment before it comes, and where it has been lost with the server's memory.
  if (confided === undefined) return <p className="mt-1 text-soft">The code is on its way.</p>;
  const { verificationUri, verificationUriComplete, userCode } = confided;
  const page = verificationUriComplete ?? verificationUri;
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1">
      <p className="min-w-0">
        Open{' '}
        {isHttps(page) ? (
          <a href={page} target="_blank" rel="noopener noreferrer" className="link">
            <Breakable text={verificationUri} />
          </a>
        ) : (
          <Breakable text={verificationUri} />
        )}{' '}
        and type
      </p>
      <p className="flex items-center gap-3">
        <output className="font-mono text-2xl tracking-wider break-all">{userCode}</output>
        <CopyButton label="Copy the code" text={userCode} />
      </p>
    </div>
  );
}

const isHttps = (text: string): boolean => URL.parse(text)?.protocol === 'https:';

function TimeLeft({
  run,
  question,
  elapsedAtDrawing,
}: {
  run: RunState;
  question: OpenQuestion;
  elapsedAtDrawing: number;
}) {
  const elapsed = useElapsed(run, elapsedAtDrawing);
  return `${countdown(question, elapsed)} left`;
}
