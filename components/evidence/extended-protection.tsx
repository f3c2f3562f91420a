import type { ExtendedProtectionEvidence } from '#lib/result/evidence.ts';
import type { Drawn } from './drawn.ts';
import { cut } from './names.ts';
import { Facts, Mono, Table } from './parts.tsx';
import { Mark, type Remark } from './remark.tsx';

/** How an endpoint treats the channel binding of a sign-in, and the attempts that show it. */
export function ExtendedProtection({ body }: Drawn<ExtendedProtectionEvidence>) {
  const { host, path, method, mode, attempts, fingerprint } = body;
  return (
    <>
      <Facts
        facts={[
          ['Extended Protection', <Mark key="mode" remark={modes[mode] ?? { tone: 'unknown', text: cut(mode) }} />],
          ['Host', <Mono key="host" text={cut(host)} />],
          ['Path', <Mono key="path" text={cut(path)} />],
          ['Signed in by', cut(method)],
          ['Certificate (SHA-256)', fingerprint === null ? null : <Mono key="print" text={cut(fingerprint)} />],
        ]}
      />
      {attempts.length > 0 && (
        <Table
          head={['Signed in', 'Outcome']}
          rows={attempts.map(({ binding, outcome }) => [
            bindings[binding] ?? cut(binding),
            <Mark key="outcome" remark={{ tone: tones[outcome] ?? 'mute', text: cut(outcome) }} />,
          ])}
        />
      )}
    </>
  );
}

const modes: Readonly<Record<ExtendedProtectionEvidence['mode'], Remark>> = {
  off: { tone: 'mute', text: 'off: the server does not look at the binding' },
  accepted: { tone: 'good', text: 'accepted: a binding has to be right, but none is needed' },
  required: { tone: 'good', text: 'required: nobody signs in without the right binding' },
  broken: {
    tone: 'bad',
    text: 'broken: the right binding is not taken, most often because another device ends TLS on the way',
  },
  unknown: { tone: 'unknown', text: 'not known' },
};

const bindings: Readonly<Record<ExtendedProtectionEvidence['attempts'][number]['binding'], string>> = {
  right: 'with the right binding',
  none: 'without a binding',
  wrong: 'with a wrong binding, on purpose',
};

/** Being refused is no fault where the binding was wrong on purpose, so it is not red. */
const tones: Readonly<Partial<Record<string, Remark['tone']>>> = { 'let in': 'good' };
