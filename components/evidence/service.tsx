import type { ServiceEvidence } from '#lib/result/evidence.ts';
import { showDuration } from '#lib/result/message.ts';
import { Aliases, Questions } from './dns-parts.tsx';
import type { Drawn } from './drawn.ts';
import { cut } from './names.ts';
import { Facts, Mono, Part, Table } from './parts.tsx';
import { Mark } from './remark.tsx';

/** The SRV records of a service, in the order in which clients try them. */
export function Service({ body }: Drawn<ServiceEvidence>) {
  const { name, resolver, elapsedMs, answer, records, dropped, aliases, questions } = body;
  return (
    <>
      <Facts
        facts={[
          ['Name', <Mono key="name" text={cut(name)} />],
          ['Answer', cut(answer)],
          ['Asked', <Mono key="asked" text={cut(resolver)} />],
          ['Took', showDuration(elapsedMs)],
        ]}
      />
      <Aliases aliases={aliases} />
      {records.length > 0 && (
        <Part name="Records, in the order in which clients try them">
          <Table
            head={['Target', 'Port', 'Priority', 'Weight', 'May be kept']}
            stacked={['', 'port', 'priority', 'weight', 'may be kept']}
            rows={records.map(({ target, port, priority, weight, ttl }) => [
              <Target key="target" target={target} />,
              String(port),
              String(priority),
              String(weight),
              `${ttl} s`,
            ])}
          />
          {dropped > 0 && <p className="mt-1 text-soft">{dropped} more came, and are not used.</p>}
        </Part>
      )}
      <Questions questions={questions} />
    </>
  );
}

/** A single dot stands for no host. RFC 2782 */
function Target({ target }: { target: string }) {
  if (target !== '.') return <Mono text={cut(target)} />;
  return <Mark remark={{ tone: 'mute', text: '“.”: the service is not offered' }} />;
}
