'use client';
/** What the Outlook test asks: an address, a password, and a user name where it differs. */
import { useActionState } from 'react';
import { Checkbox } from './checkbox.tsx';
import { asksForClientCertificate, ClientCertificateFields } from './client-certificate-fields.tsx';
import { ErrorSummary } from './error-summary.tsx';
import { Field } from './field.tsx';
import { RunButton } from './run-button.tsx';
import { errorOf, type FormAction, type FormState } from './state.ts';

const form = 'outlook';

export function OutlookForm({ action, initial }: { action: FormAction; initial: FormState }) {
  const [state, submit, pending] = useActionState(action, initial);
  const value = (field: string): string => state.values[field] ?? '';
  return (
    <form action={submit} className="grid gap-5" aria-label="Outlook test">
      <input type="hidden" name="analyzer" value="outlook" />
      <ErrorSummary state={state} id={form} />
      <Field
        form={form}
        name="email"
        label="E-mail address"
        hint="Outlook looks for the server by the part behind the @."
        error={errorOf(state, 'email')}
        type="email"
        required
        maxLength={254}
        autoComplete="email"
        spellCheck={false}
        defaultValue={value('email')}
        className="min-h-12 text-lg"
      />
      <Field
        form={form}
        name="password"
        label="Password"
        hint="Used for this run only, kept nowhere; a wrong one costs one failed sign-in."
        error={errorOf(state, 'password')}
        type="password"
        required
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
      <Advanced state={state} />
      <div>
        <RunButton pending={pending} />
      </div>
    </form>
  );
}

function Advanced({ state }: { state: FormState }) {
  const name = 'ignoreCertificateProblems';
  const checked = (state.values[name] ?? '') !== '';
  const error = errorOf(state, name);
  return (
    <details
      open={checked || error !== undefined || asksForClientCertificate(state)}
      className="rounded-md border border-line px-4 py-3"
    >
      <summary className="cursor-pointer font-medium">Advanced settings</summary>
      <div className="mt-3 grid gap-5">
        <Checkbox
          form={form}
          name={name}
          label="Go on in spite of certificate problems"
          hint="The password is then sent to a server that could not prove who it is. Only for a system of one's own."
          checked={checked}
          error={error}
        />
        <ClientCertificateFields form={form} state={state} />
      </div>
    </details>
  );
}
