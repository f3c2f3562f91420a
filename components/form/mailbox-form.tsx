'use client';
/** What the tests of a mailbox ask: an address, a password, and a user name where it differs; folded, what is seldom needed. */
import { useActionState } from 'react';
import { ErrorSummary } from './error-summary.tsx';
import { Field } from './field.tsx';
import { type ClientChoice, MailboxSettings, type MailboxTest } from './mailbox-settings.tsx';
import { RunButton } from './run-button.tsx';
import { errorOf, type FormAction, type FormState } from './state.ts';

interface MailboxFormProps {
  test: MailboxTest;
  clients: readonly ClientChoice[];
  action: FormAction;
  initial: FormState;
}

const OPENS = {
  email: 'The address of the mailbox that is opened. Nothing is written to it.',
  password: 'Password',
  without: '',
} as const;

const words = {
  outlook: {
    label: 'Outlook test',
    email: 'Outlook looks for the server by the part behind the @.',
    password: 'Password',
    without: '',
  },
  autodiscover: {
    label: 'Autodiscover test',
    email: 'Clients look for the server by the part behind the @.',
    password: 'Password, if there is one to try',
    without: 'Without it the test goes as far as the sign-in. ',
  },
  'mapi-http': { label: 'MAPI over HTTP test', ...OPENS },
  'rpc-http': { label: 'RPC over HTTP test', ...OPENS },
} as const satisfies Record<MailboxTest, unknown>;

const CARE = 'Used for this run only, kept nowhere; a wrong one costs one failed sign-in.';
const VARIANTS =
  'Once it has proven right, up to three more sign-ins may follow, wrong on purpose, to see whether Extended Protection is on. Whether a directory counts those as bad passwords is not documented.';

export function MailboxForm({ test: form, clients, action, initial }: MailboxFormProps) {
  const [state, submit, pending] = useActionState(action, initial);
  const value = (field: string): string => state.values[field] ?? '';
  const { label, email, password, without } = words[form];
  return (
    <form action={submit} className="grid gap-5" aria-label={label}>
      <input type="hidden" name="analyzer" value={form} />
      <ErrorSummary state={state} id={form} />
      <Field
        form={form}
        name="email"
        label="E-mail address"
        hint={email}
        error={errorOf(state, 'email')}
        // Not `email`: browsers know neither quoted nor international names there, and the server says what is wrong.
        type="text"
        inputMode="email"
        required
        maxLength={320}
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={value('email')}
        className="min-h-12 text-lg"
      />
      <Field
        form={form}
        name="password"
        label={password}
        hint={
          <>
            {without}
            {CARE} <span className="block">{VARIANTS}</span>
          </>
        }
        error={errorOf(state, 'password')}
        type="password"
        maxLength={256}
        autoComplete="off"
      />
      <Field
        form={form}
        name="username"
        label="User name, if it is not the address"
        hint="Some systems want DOMAIN\name or a short name. Empty means the address."
        error={errorOf(state, 'username')}
        maxLength={256}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={value('username')}
      />
      <MailboxSettings form={form} state={state} clients={clients} />
      <div>
        <RunButton pending={pending} />
      </div>
    </form>
  );
}
