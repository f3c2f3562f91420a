import type { DnsEvidence } from '#lib/result/evidence.ts';
import { showDuration } from '#lib/result/message.ts';
import type { Drawn } from './drawn.ts';
import { cut } from './names.ts';
import { Facts, Mono, Part, Table } from './parts.tsx';

/** The answers of the name servers, the aliases on the way to them, and each question. */
export function Dns({ body }: Drawn<DnsEvidence>) {
  const { host, unicode, resolver, elapsedMs, answers, aliases = [], wildcard } = body;
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
      {aliases.length > 0 && (
        <Part name="Aliases (CNAME)">
          <Table
            head={['Name', 'Leads to', 'May be kept']}
            rows={aliases.map(({ name, target, ttl }) => [
              <Mono key="name" text={cut(name)} />,
              <Mono key="target" text={cut(target)} />,
              `${ttl} s`,
            ])}
          />
        </Part>
      )}
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
      <Questions body={body} />
    </>
  );
}

/** Every question that was sent; in results of older versions only those that were answered without an address. */
function Questions({ body }: { body: DnsEvidence }) {
  const { questions = [], errors } = body;
  if (questions.length === 0 && errors.length === 0) return null;
  if (questions.length === 0)
    return (
      <Table
        head={['Question', 'Answer']}
        rows={errors.map(({ question, answer }) => [<Mono key="question" text={cut(question)} />, cut(answer)])}
      />
    );
  return (
    <Part name="Questions">
      <Table
        head={['Question', 'Answer', 'Time']}
        rows={questions.map(({ name, type, resolver, answer, records, elapsedMs }) => [
          <span key="question">
            <Mono text={cut(`${type} ${name}`)} />
            <span className="text-soft"> asked </span>
            <Mono text={cut(resolver)} />
            {isMadeUp(name, body) && <span className="text-soft"> (a name made up, to find a wildcard)</span>}
          </span>,
          records === 0 ? answer : `${answer}, ${records} ${records === 1 ? 'record' : 'records'}`,
          showDuration(elapsedMs),
        ])}
      />
    </Part>
  );
}

/** Nobody led to this name: it is not the host's, and no alias has it. */
function isMadeUp(name: string, { host, aliases = [] }: DnsEvidence): boolean {
  const known = [host, ...aliases.map(({ target }) => target)].map((each) => each.toLowerCase());
  return !known.includes(name.toLowerCase());
}
