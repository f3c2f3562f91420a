import { Breakable } from '#components/ui/breakable.tsx';
import type { SignInMethodsEvidence } from '#lib/result/evidence.ts';
import type { Drawn } from './drawn.ts';
import { cut } from './names.ts';
import { Facts, Mono, Table } from './parts.tsx';
import { Mark, type Remark } from './remark.tsx';

/** What an endpoint offers for signing in, beside what Autodiscover promised for it. */
export function SignInMethods({ body }: Drawn<SignInMethodsEvidence>) {
  const { host, path, methods, marks } = body;
  return (
    <>
      <Facts
        facts={[
          ['Host', <Mono key="host" text={cut(host)} />],
          ['Path', <Mono key="path" text={cut(path)} />],
          ['Promised by Autodiscover', <Mark key="promised" remark={promise(body)} />],
          ['Speaks for a mail system', marks.length === 0 ? 'nothing' : <Breakable key="marks" text={listed(marks)} />],
        ]}
      />
      {methods.length === 0 ? (
        <Mark remark={{ tone: 'bad', text: 'No method is offered' }} />
      ) : (
        <Table
          head={['Offered', 'Parameters']}
          rows={methods.map(({ scheme, parameters }) => [
            <span key="scheme" className="font-medium">
              {cut(scheme)}
            </span>,
            <Parameters key="parameters" parameters={parameters} />,
          ])}
        />
      )}
    </>
  );
}

const listed = (texts: readonly string[]): string => texts.map((text) => cut(text)).join(', ');

/** Results of older versions do not say whether the promise was kept. */
function promise({ promised, promiseKept }: SignInMethodsEvidence): Remark {
  if (promised === null) return { tone: 'mute', text: 'nothing' };
  const what = cut(promised);
  if (promiseKept === undefined) return { tone: 'mute', text: what };
  return promiseKept
    ? { tone: 'good', text: `${what}, and it is offered` }
    : { tone: 'bad', text: `${what}, but it is not offered` };
}

type Parameter = SignInMethodsEvidence['methods'][number]['parameters'][number];

function Parameters({ parameters }: { parameters: readonly Parameter[] }) {
  if (parameters.length === 0) return <span className="text-soft">none</span>;
  return (
    <ul>
      {parameters.map(({ name, value }) => (
        <li key={name}>
          <span className="text-soft">{cut(name)}</span> <Mono text={cut(value, 500)} />
        </li>
      ))}
    </ul>
  );
}
