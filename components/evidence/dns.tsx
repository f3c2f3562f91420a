import type { DnsEvidence } from '#lib/result/evidence.ts';
import { showDuration } from '#lib/result/message.ts';
import { Aliases, Questions } from './dns-parts.tsx';
import type { Drawn } from './drawn.ts';
import { cut } from './names.ts';
import { Facts, Mono, Table } from './parts.tsx';

/** The answers of the name servers, the aliases on the way to them, and each question. */
export function Dns({ body }: Drawn<DnsEvidence>) {
  const { host, unicode, resolver, elapsedMs, answers, errors, aliases = [], wildcard, questions = [] } = body;
  return (
    <>
      <Facts
        facts={[
          ['Name', <Mono key="name" text={cut(host)} />],
          ['Written', unicode === undefined ? null : cut(unicode)],
          ['Wildcard', wildcard === undefined ? null : <Mono key="wildcard" text={cut(wildcard)} />],
          ['Asked', <Mono key="asked" text={cut(resolver)} />],
          ['Took', showDuration(elapsedMs)],
        ]}
      />
      <Aliases aliases={aliases} />
      {answers.length > 0 && (
        <Table
          head={['Address', 'Family', 'May be kept']}
          rows={answers.map(({ address, family, ttl }) => [
            <Mono key="address" text={address} />,
            `IPv${family}`,
            ttl === null ? '' : `${ttl} s`,
          ])}
        />
      )}
      <Questions questions={questions} isMadeUp={(name) => isMadeUp(name, body)} />
      {questions.length === 0 && <Unanswered errors={errors} />}
    </>
  );
}

/** The questions without an address for an answer: all that a result of an older version tells. */
function Unanswered({ errors }: Pick<DnsEvidence, 'errors'>) {
  if (errors.length === 0) return null;
  return (
    <Table
      head={['Question', 'Answer']}
      rows={errors.map(({ question, answer }) => [<Mono key="question" text={cut(question)} />, cut(answer)])}
    />
  );
}

/** Nobody led to this name: it is not the host's, and no alias has it. */
function isMadeUp(name: string, { host, aliases = [] }: DnsEvidence): boolean {
  const known = [host, ...aliases.map(({ target }) => target)].map((each) => each.toLowerCase());
  return !known.includes(name.toLowerCase());
}
