import type { DnsEvidence } from '#lib/result/evidence.ts';
import { showDuration } from '#lib/result/message.ts';
import type { Drawn } from './drawn.ts';
import { Facts, Mono, Table } from './parts.tsx';

/** The answers of the name servers, and the questions that got none. */
export function Dns({ body }: Drawn<DnsEvidence>) {
  return (
    <>
      <Facts
        facts={[
          ['Name', <Mono key="name" text={body.host} />],
          ['Asked', <Mono key="asked" text={body.resolver} />],
          ['Took', showDuration(body.elapsedMs)],
        ]}
      />
      {body.answers.length > 0 && (
        <Table
          head={['Address', 'Family', 'May be kept']}
          rows={body.answers.map(({ address, family, ttl }) => [
            <Mono key="address" text={address} />,
            `IPv${family}`,
            ttl === null ? '' : `${ttl} s`,
          ])}
        />
      )}
      {body.errors.length > 0 && (
        <Table
          head={['Question', 'Answer']}
          rows={body.errors.map(({ question, answer }) => [<Mono key="question" text={question} />, answer])}
        />
      )}
    </>
  );
}
