/** The folded part of the tests of a mailbox: which client, other ways to sign in, and who may be given what. */
import { asksForClientCertificate, ClientCertificateFields } from './client-certificate-fields.tsx';
import { boxProps, Field, Question } from './field.tsx';
import { Radios } from './radios.tsx';
import { SERVER_FIELDS, ServerFields } from './server-fields.tsx';
import { entered, errorOf, type FormState } from './state.ts';
import { Tick } from './tick.tsx';

/** A mail client whose way can be gone. */
export interface ClientChoice {
  readonly id: string;
  readonly name: string;
  /** The one that is taken where nobody chooses. */
  readonly usual?: true;
}

/** The tests that begin with a mailbox. */
export type MailboxTest = 'outlook' | 'autodiscover' | 'mapi-http' | 'rpc-http';

interface SettingsProps {
  form: MailboxTest;
  state: FormState;
  clients: readonly ClientChoice[];
}

const OWN = [
  ...['client', 'askMicrosoft', 'redirectTo', 'passwordToUnmarked', 'ignoreCertificateProblems'],
  ...['signInWith', 'token', 'authority'],
  ...SERVER_FIELDS,
];

export function MailboxSettings({ form, state, clients }: SettingsProps) {
  return (
    <details open={isUsed(state, clients)} className="rounded-md border border-line px-4 py-3">
      <summary className="cursor-pointer font-medium">Advanced settings</summary>
      <div className="mt-3 grid gap-5">
        <ServerFields form={form} state={state} />
        <Client form={form} state={state} clients={clients} />
        <SignIn form={form} state={state} />
        <Tick
          form={form}
          state={state}
          name="askMicrosoft"
          label="Also ask Microsoft 365 for this address"
          hint="Current Outlook does so first. The address goes to Microsoft."
        />
        <Field
          form={form}
          name="redirectTo"
          label="Hosts outside the domain that may be given the password"
          hint="Such as autodiscover.hoster.example. For any other the test stops and asks."
          error={errorOf(state, 'redirectTo')}
          maxLength={2000}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          defaultValue={entered(state, 'redirectTo').replaceAll('\n', ', ')}
        />
        <Tick
          form={form}
          state={state}
          name="passwordToUnmarked"
          label="Give the password also to servers that do not look like a mail system"
          hint="Once it has proven right elsewhere. A hosting panel may count it as a failed sign-in."
        />
        <Tick
          form={form}
          state={state}
          name="ignoreCertificateProblems"
          label="Go on in spite of certificate problems"
          hint="The password is then sent to a server that could not prove who it is. Only for a system of one's own."
        />
        <ClientCertificateFields form={form} state={state} />
      </div>
    </details>
  );
}

/** Whether somebody has to see it: something in it is not as usual, or there is a mistake in it. */
function isUsed(state: FormState, clients: readonly ClientChoice[]): boolean {
  const usual = ['', 'password', clients.find((client) => client.usual)?.id];
  const touched = OWN.some((name) => !usual.includes(entered(state, name)) || errorOf(state, name) !== undefined);
  return touched || asksForClientCertificate(state);
}

const SIDE_BY_SIDE = 'The steps have its order. What all the others make of the answers is told as well.';

const hints: Readonly<Record<MailboxTest, string>> = {
  outlook: SIDE_BY_SIDE,
  autodiscover: SIDE_BY_SIDE,
  'mapi-http': 'The test does what it does, and sends its version.',
  'rpc-http':
    'The test does what it does, and sends its version. Outlook 2003 knows no Autodiscover: without a server that is typed in, the test takes what Autodiscover tells.',
};

function Client({ form, state, clients }: SettingsProps) {
  const question = {
    form,
    name: 'client',
    label: 'Mail client',
    hint: hints[form],
    error: errorOf(state, 'client'),
  };
  const usual = clients.find((client) => client.usual)?.id;
  return (
    <Question {...question}>
      <select {...boxProps(question)} defaultValue={entered(state, 'client') || usual} className="field mt-1.5 block">
        {clients.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </Question>
  );
}

const WAYS = [
  { value: 'password', label: 'the password' },
  { value: 'token', label: 'an access token' },
  {
    value: 'device-code',
    label: 'a code that is typed in elsewhere',
    hint: 'For sign-in services (OAuth) that know this installation. The code is shown here while the test runs.',
  },
] as const;

function SignIn({ form, state }: Pick<SettingsProps, 'form' | 'state'>) {
  return (
    <>
      <Radios
        form={form}
        name="signInWith"
        legend="Sign in with"
        choices={WAYS}
        chosen={entered(state, 'signInWith') || 'password'}
        error={errorOf(state, 'signInWith')}
      />
      <Field
        form={form}
        name="token"
        label="Access token"
        hint="One that somebody got elsewhere. Used for this run only, kept nowhere."
        error={errorOf(state, 'token')}
        type="password"
        maxLength={20_000}
        autoComplete="off"
      />
      <Field
        form={form}
        name="authority"
        label="Sign-in service"
        hint="Its https address, where another one is to be asked than the server names."
        error={errorOf(state, 'authority')}
        maxLength={2000}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={entered(state, 'authority')}
      />
    </>
  );
}
