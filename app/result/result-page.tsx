/** The page of a result, the same for its owner and for whoever holds a link: the events so far, folded and rendered. */
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { Ownership } from '#components/result/actions.ts';
import type { WaitingWords } from '#components/result/answer.ts';
import { ResultView } from '#components/result/result-view.tsx';
import { Breakable } from '#components/ui/breakable.tsx';
import { Page } from '#components/ui/page.tsx';
import { showDate } from '#lib/result/message.ts';
import { fold, type RunState } from '#lib/result/reducer.ts';
import { rendered } from '#lib/result/rendered.ts';
import { text } from '#lib/result/text.ts';
import { testName } from '#lib/result/words.ts';
import type { Access } from '../access.ts';
import { answerQuestion, cancelTest, deleteTest, revokeLinks, shareTest } from '../actions.ts';
import { service } from '../service.ts';

const targetOf = ({ head }: RunState): string => String(head?.target.name ?? '');

export async function resultTitle(access: Access | null): Promise<Metadata> {
  if (access === null) return {};
  const run = fold(await service().events(access.run));
  return { title: `${testName(run.head?.analyzer ?? '')} · ${targetOf(run)}` };
}

export async function ResultPage({ access }: { access: Access }) {
  const run = fold(await service().events(access.run));
  // A result that is being removed in this moment.
  if (run.head === null) notFound();
  return (
    <Page about={<About run={run} access={access} />}>
      <ResultView
        initial={rendered(run)}
        words={waitingWords(run)}
        base={access.base}
        elapsedAtDrawing={run.zero === null ? 0 : Math.max(0, Date.now() - run.zero)}
        confided={access.role === 'owner' ? service().confided(access.run) : []}
        owner={access.role === 'owner' ? await ownership(access) : null}
      />
    </Page>
  );
}

function About({ run, access }: { run: RunState; access: Access }) {
  return (
    <>
      {testName(run.head?.analyzer ?? '')} · <Breakable text={targetOf(run)} />
      {access.expiresAt !== null && (
        <span className="block sm:inline">
          <span className="max-sm:hidden"> · </span>Shared result, expires{' '}
          {showDate(new Date(access.expiresAt).toISOString())}
        </span>
      )}
    </>
  );
}

function waitingWords(run: RunState): WaitingWords {
  const running = { key: `verdict.running.${run.head?.analyzer}`, args: { target: targetOf(run) } };
  return {
    queued: text({ key: 'verdict.queued', args: { ahead: run.head?.ahead ?? 0 } }),
    running: text(running),
  };
}

async function ownership({ run, base }: Access): Promise<Ownership> {
  const links = (await service().links(run)).length;
  const actions = {
    answer: answerQuestion,
    cancel: cancelTest,
    remove: deleteTest,
    revoke: revokeLinks,
    share: shareTest,
  };
  return { run, again: `${base}/again`, links, actions };
}
