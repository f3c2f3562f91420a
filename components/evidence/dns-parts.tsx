/** What the answers to every kind of DNS question have: aliases on the way, and the questions themselves. */
import type { DnsEvidence } from '#lib/result/evidence.ts';
import { showDuration } from '#lib/result/message.ts';
import { cut } from './names.ts';
import { Mono, Part, Table } from './parts.tsx';

export function Aliases({ aliases }: { aliases: NonNullable<DnsEvidence['aliases']> }) {
  if (aliases.length === 0) return null;
  return (
    <Part name="Aliases (CNAME)">
      <Table
        head={['Name', 'Leads to', 'May be kept']}
        stacked={['', 'leads to', 'may be kept']}
        rows={aliases.map(({ name, target, ttl }) => [
          <Mono key="name" text={cut(name)} />,
          <Mono key="target" text={cut(target)} />,
          `${ttl} s`,
        ])}
      />
    </Part>
  );
}

interface QuestionsProps {
  questions: NonNullable<DnsEvidence['questions']>;
  /** Whether nobody led to this name. */
  isMadeUp?: (name: string) => boolean;
}

/** Every question that was sent. */
export function Questions({ questions, isMadeUp = () => false }: QuestionsProps) {
  if (questions.length === 0) return null;
  return (
    <Part name="Questions">
      <Table
        head={['Question', 'Answer', 'Time']}
        stacked={['', 'answer', 'after']}
        rows={questions.map(({ name, type, resolver, answer, records, elapsedMs }) => [
          <span key="question">
            <Mono text={cut(`${type} ${name}`)} />
            <span className="text-soft"> asked </span>
            <Mono text={cut(resolver)} />
            {isMadeUp(name) && <span className="text-soft"> (a name made up, to find a wildcard)</span>}
          </span>,
          records === 0 ? cut(answer) : `${cut(answer)}, ${records} ${records === 1 ? 'record' : 'records'}`,
          showDuration(elapsedMs),
        ])}
      />
    </Part>
  );
}
