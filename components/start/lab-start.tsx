'use client';
/** Starts the test of one lab system. An ordinary form, so it works without JavaScript. */
import { useActionState } from 'react';
import type { FormAction, FormState } from '#components/form/state.ts';

export interface LabTarget {
  readonly name: string;
  readonly title: string;
  readonly email: string;
  readonly username: string;
  readonly password: string;
  readonly analyzer: string;
  /** The host to test, where that is not the mail domain. */
  readonly target?: string;
  /** Whom Outlook was told to expect in its certificate. */
  readonly principal?: string;
  /** SHA-256 fingerprints that were seen from elsewhere. */
  readonly pins?: readonly string[];
  /** There is a client certificate for it, where the lab is running. */
  readonly clientCertificate?: string;
  /** How to sign in, where not with the password. */
  readonly signInWith?: string;
  /** Hosts outside the domain to which it may lead without a question. */
  readonly redirectTo?: readonly string[];
  readonly askMicrosoft?: true;
  /** Whose eyes it is looked at with. */
  readonly client?: string;
  /** What a profile holds that was typed in by hand. */
  readonly server?: string;
  readonly rpcServer?: string;
  readonly rpcAuth?: string;
  readonly endpointMapper?: true;
  /** In seconds. */
  readonly longWait?: string;
  readonly hideFolders?: true;
}

const untouched: FormState = { values: {}, errors: [] };

export function LabStart({ world, action }: { world: LabTarget; action: FormAction }) {
  const [state, submit, pending] = useActionState(action, untouched);
  return (
    <form action={submit}>
      {Object.entries(fields(world)).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit" disabled={pending} className="button min-w-24" aria-label={`Test it: ${world.title}`}>
        {pending ? 'Starting…' : 'Test it'}
      </button>
      {state.errors.map((error) => (
        <p key={error.field} role="alert" className="mt-1 text-sm text-bad">
          {error.message}
        </p>
      ))}
    </form>
  );
}

function fields(world: LabTarget): Record<string, string> {
  const { name, analyzer, target, principal = '', pins = [], email, clientCertificate } = world;
  // The server has the file; a form that is filled in already could not bring it.
  const own = clientCertificate === undefined ? {} : { world: name };
  if (analyzer !== 'tls') return { analyzer, ...mailboxFields(world), ...own };
  const host = target ?? email.slice(email.lastIndexOf('@') + 1);
  return { analyzer, host, port: '443', principal, pins: pins.join('\n'), ...own };
}

function mailboxFields({ email, username, password, ...world }: LabTarget): Record<string, string> {
  const { signInWith = '', redirectTo = [], client = '', principal = '' } = world;
  const { server = '', rpcServer = '', rpcAuth = '', longWait = '' } = world;
  return {
    ...{ email, username, password, signInWith, client, principal, server, rpcServer, rpcAuth, longWait },
    redirectTo: redirectTo.join(' '),
    askMicrosoft: yesIf(world.askMicrosoft),
    endpointMapper: yesIf(world.endpointMapper),
    hideFolders: yesIf(world.hideFolders),
  };
}

const yesIf = (ticked: true | undefined): string => (ticked ? 'yes' : '');
